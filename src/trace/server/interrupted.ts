// Leaves a server as it was found when somebody interrupts the run: from a keyboard, by a closed terminal, or by what runs it.

import { setTimeout } from 'node:timers/promises';
import { messageOf } from './client.ts';

export interface Leaving {
  /** Never settles where the run has been interrupted: nothing more is to be made, and the process ends. */
  step<T>(make: () => Promise<T>): Promise<T>;
  /** Leaves, once. */
  leave(): Promise<void>;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** In milliseconds: longer than that, nobody who interrupts is kept waiting. */
const PATIENCE = 10_000;

/**
 * Whoever interrupts the run waits for `undo`, and then it ends as interrupted runs do. A second signal, as npm sends it, changes nothing.
 * `say` tells what could not be undone then.
 */
export function leavingWith(undo: () => Promise<void>, say: (sentence: string) => void): Leaving {
  let undone: Promise<void> | undefined;
  let isInterrupted = false;
  const once = (): Promise<void> => (undone ??= undo());
  const listeners = signals.map((signal) => {
    const interrupted = (): void => {
      if (isInterrupted) return;
      isInterrupted = true;
      const left = once().catch((error: unknown) => say(messageOf(error)));
      void Promise.race([left, setTimeout(PATIENCE)]).then(() => {
        stopListening();
        process.kill(process.pid, signal);
      });
    };
    process.on(signal, interrupted);
    return [signal, interrupted] as const;
  });
  const stopListening = (): void => listeners.forEach(([signal, listener]) => process.off(signal, listener));
  const never = <T>(): Promise<T> => new Promise(() => undefined);
  return {
    step: (make) => (isInterrupted ? never() : make()),
    leave: async () => {
      if (isInterrupted) return never();
      try {
        await once();
      } finally {
        stopListening();
      }
    },
  };
}
