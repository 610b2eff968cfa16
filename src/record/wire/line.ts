// The way to a server that a proxy takes for one of its clients.

export interface Line {
  send(bytes: Buffer): void;
  close(): void;
}

export interface LineEvents {
  readonly onData: (bytes: Buffer) => void;
  readonly onEnd: () => void;
}

/** Opens a line for a client. */
export type Dial = (events: LineEvents) => Line;
