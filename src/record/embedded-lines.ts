// Several connections to the embedded PostgreSQL, which has one session: what belongs together is run without anything between it.

import type { PGlite } from '@electric-sql/pglite';
import { Frames, type Frame } from './wire/frames.ts';
import type { Dial, Line, LineEvents } from './wire/line.ts';

interface Turn {
  readonly line: EmbeddedLine;
  readonly bytes: Buffer;
}

/** Ends what belongs together: a query, Sync, Flush, the end of what is copied, what begins a connection, a password. */
const endsTurn: ReadonlySet<string | undefined> = new Set([undefined, 'Q', 'S', 'H', 'c', 'f', 'F', 'p']);

export function embeddedLines(database: PGlite): Dial {
  const turns = new Turns(database);
  return (events) => new EmbeddedLine(turns, events);
}

class EmbeddedLine implements Line {
  readonly #turns: Turns;
  readonly #events: LineEvents;
  readonly #frames = new Frames('client');
  #pending: Buffer[] = [];

  constructor(turns: Turns, events: LineEvents) {
    this.#turns = turns;
    this.#events = events;
  }

  send(bytes: Buffer): void {
    for (const frame of this.#frames.read(bytes)) this.#take(frame);
  }

  hear(bytes: Buffer): void {
    this.#events.onData(bytes);
  }

  close(): void {
    this.#turns.leave(this);
    this.#events.onEnd();
  }

  #take({ type, bytes }: Frame): void {
    if (type === undefined) this.#frames.begin();
    // Terminate would end the only session.
    if (type === 'X') return;
    this.#pending.push(bytes);
    if (!endsTurn.has(type)) return;
    this.#turns.add({ line: this, bytes: Buffer.concat(this.#pending) });
    this.#pending = [];
  }
}

class Turns {
  readonly #database: PGlite;
  #waiting: Turn[] = [];
  #isRunning = false;
  /** Who has a transaction open: nobody else is served until it ends. */
  #owner: EmbeddedLine | undefined;

  constructor(database: PGlite) {
    this.#database = database;
  }

  add(turn: Turn): void {
    this.#waiting.push(turn);
    void this.#run();
  }

  /** What it has left open is rolled back, and what it has set is set no more. */
  leave(line: EmbeddedLine): void {
    this.#waiting = this.#waiting.filter((turn) => turn.line !== line);
    void this.#tidy(line).then(() => this.#run());
  }

  async #tidy(line: EmbeddedLine): Promise<void> {
    if (this.#owner === line) await this.#database.exec('ROLLBACK').catch(() => undefined);
    if (this.#owner === line) this.#owner = undefined;
    if (this.#owner === undefined && !this.#isRunning) await this.#database.exec('DISCARD ALL').catch(() => undefined);
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let turn = this.#next(); turn !== undefined; turn = this.#next()) await this.#take(turn);
    this.#isRunning = false;
  }

  #next(): Turn | undefined {
    const index = this.#waiting.findIndex(({ line }) => this.#owner === undefined || this.#owner === line);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  async #take({ line, bytes }: Turn): Promise<void> {
    const answers = new Frames('server');
    await this.#database.runExclusive(() =>
      this.#database.execProtocolRawStream(bytes, {
        syncToFs: false,
        onRawData: (data) => {
          const heard = Buffer.from(data);
          for (const { type, body } of answers.read(heard)) if (type === 'Z') this.#owner = body.toString('latin1') === 'I' ? undefined : line;
          line.hear(heard);
        },
      }),
    );
  }
}
