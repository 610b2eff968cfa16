// Who is served next by a PostgreSQL that has one session: one turn after the other, and nobody else while a transaction is open.

import type { PGlite } from '@electric-sql/pglite';
import { Frames } from './wire/frames.ts';

export interface Caller {
  hear(bytes: Buffer): void;
  /** Ends it, with a SQLSTATE and why. */
  refuse(code: string, why: string): void;
}

interface Turn {
  readonly line: Caller;
  readonly bytes: Buffer;
  /** Those of a COPY come with it, so whoever sends it has been asked for them already. */
  readonly hasRows: boolean;
  readonly onlyHolds: boolean;
}

/** It has left, and its place is to be tidied up. */
interface Leaving {
  readonly line: Caller;
  readonly bytes: undefined;
}

const taken = 'another connection of this command has a transaction open, and the embedded PostgreSQL has one session: record it on a server, with --database-url';

export class Turns {
  readonly #database: PGlite;
  readonly #patience: number;
  readonly #lines = new Set<Caller>();
  #waiting: (Turn | Leaving)[] = [];
  #isRunning = false;
  /** Who has a transaction open. */
  #owner: Caller | undefined;
  /** Its transaction is there for a lock alone. */
  #onlyHolds = false;
  /** Whose transactions were ended while others worked, and are begun anew when their turn comes. */
  readonly #resting = new Set<Caller>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: PGlite, patience: number) {
    this.#database = database;
    this.#patience = patience;
  }

  get isAlone(): boolean {
    return this.#lines.size === 0;
  }

  enter(line: Caller): void {
    this.#lines.add(line);
  }

  add(turn: Turn): void {
    this.#waiting.push(turn);
    void this.#run();
  }

  /** What it has left open is rolled back; behind the last one, what they have set is set no more. */
  leave(line: Caller): void {
    if (!this.#lines.delete(line)) return;
    this.#resting.delete(line);
    this.#waiting = [...this.#waiting.filter((turn) => turn.line !== line), { line, bytes: undefined }];
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    clearTimeout(this.#timer);
    try {
      for (let turn = await this.#next(); turn !== undefined; turn = await this.#next()) await (turn.bytes === undefined ? this.#tidy(turn.line) : this.#take(turn));
    } catch {
      for (const line of this.#lines) line.refuse('57P01', 'the embedded PostgreSQL has stopped: record it on a server, with --database-url');
    }
    this.#isRunning = false;
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#refuseOthers(), this.#patience).unref();
  }

  /** They wait for the owner, who may be waiting for them. */
  #refuseOthers(): void {
    for (const line of new Set(this.#waiting.map((turn) => turn.line))) line.refuse('53300', taken);
  }

  async #next(): Promise<Turn | Leaving | undefined> {
    const isServed = ({ line }: Turn | Leaving): boolean => this.#owner === undefined || this.#owner === line;
    if (this.#waiting.length > 0 && this.#onlyHolds && !this.#waiting.some(isServed)) await this.#rest();
    const index = this.#waiting.findIndex(isServed);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  async #rest(): Promise<void> {
    await this.#database.exec('ROLLBACK');
    if (this.#owner) this.#resting.add(this.#owner);
    this.#owner = undefined;
    this.#onlyHolds = false;
  }

  async #tidy(line: Caller): Promise<void> {
    if (this.#owner === line) await this.#database.exec('ROLLBACK');
    if (this.#owner === line) this.#owner = undefined;
    if (this.#lines.size === 0) await this.#database.exec('DISCARD ALL');
  }

  async #take({ line, bytes, hasRows, onlyHolds }: Turn): Promise<void> {
    if (this.#resting.delete(line)) await this.#database.exec('BEGIN');
    const begins = this.#owner !== line;
    const answers = new Frames('server');
    await this.#database.runExclusive(() =>
      this.#database.execProtocolRawStream(bytes, {
        syncToFs: false,
        onRawData: (data) => {
          const frames = [...answers.read(Buffer.from(data))];
          for (const { type, body } of frames) if (type === 'Z') this.#owner = body.toString('latin1') === 'I' ? undefined : line;
          line.hear(Buffer.concat(frames.flatMap((frame) => (hasRows && frame.type === 'G' ? [] : [frame.bytes]))));
        },
      }),
    );
    this.#onlyHolds = this.#owner !== undefined && onlyHolds && (begins || this.#onlyHolds);
  }
}
