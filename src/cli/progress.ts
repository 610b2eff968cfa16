// How far a long run is, on one line of a terminal that is written over and over; nothing where standard error is no terminal.

import type { Terminal } from './terminal.ts';

export interface Progress {
  readonly show: (done: number, total: number) => void;
  readonly clear: () => void;
}

/** Milliseconds. A run that is over sooner shows nothing. */
const PATIENCE = 1000;
const PACE = 100;

/** Runs `work`, and leaves nothing of its progress behind. `units`: what is counted. */
export async function withProgress<Result>(
  terminal: Terminal,
  units: string,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const progress = progressOn(terminal, units);
  try {
    return await work(progress);
  } finally {
    progress.clear();
  }
}

function progressOn({ err, showsProgress, now }: Terminal, units: string): Progress {
  if (!showsProgress) return { show: () => undefined, clear: () => undefined };
  let next = now() + PATIENCE;
  let isShown = false;
  return {
    show: (done, total) => {
      if (now() < next) return;
      next = now() + PACE;
      isShown = true;
      err(`\r\x1b[K${done} of ${total} ${units}`);
    },
    clear: () => {
      if (isShown) err('\r\x1b[K');
      isShown = false;
    },
  };
}
