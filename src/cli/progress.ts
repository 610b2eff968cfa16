// How far a long run is, on one line of a terminal that is written over and over; nothing where standard error is no terminal.

import type { Terminal } from './terminal.ts';

export interface Progress {
  readonly show: (done: number, total: number) => void;
  readonly clear: () => void;
}

export function progressOn({ err, showsProgress }: Terminal): Progress {
  if (!showsProgress) return { show: () => undefined, clear: () => undefined };
  return {
    show: (done, total) => err(`\r\x1b[K${done} of ${total} migrations`),
    clear: () => err('\r\x1b[K'),
  };
}
