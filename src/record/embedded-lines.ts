// Several connections to the embedded PostgreSQL, which has one session: what belongs together is run without anything between it.

import type { PGlite } from '@electric-sql/pglite';
import { takesRows } from '../text/takes-rows.ts';
import { onlyHolds } from './holding.ts';
import { Turns, type Caller } from './turns.ts';
import { Frames, textAt, type Frame } from './wire/frames.ts';
import type { Dial, Line, LineEvents } from './wire/line.ts';
import { copyIn, fatal, parsing, withSuffix } from './wire/written.ts';

/** Ends what belongs together: a query, Sync, Flush, the end of what is copied, what begins a connection, a password. */
const endsTurn: ReadonlySet<string | undefined> = new Set([undefined, 'Q', 'S', 'H', 'c', 'f', 'F', 'p']);

/** In milliseconds: for so long, a connection may keep others waiting without a word. */
const PATIENCE = 10_000;

const noRows = `DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''0A000'', MESSAGE = ''the embedded PostgreSQL takes the rows of a COPY only behind a simple query: record it on a server, with --database-url''; END'`;

export function embeddedLines(database: PGlite, patience: number = PATIENCE): Dial {
  const turns = new Turns(database, patience);
  let lines = 0;
  return (events) => {
    lines += 1;
    // Whoever is alone keeps the names that it gives; others would find them taken.
    return new EmbeddedLine(turns, events, turns.isAlone ? '' : `@${lines}`);
  };
}

class EmbeddedLine implements Line, Caller {
  readonly #turns: Turns;
  readonly #events: LineEvents;
  /** Of its prepared statements. */
  readonly #suffix: string;
  readonly #frames = new Frames('client');
  #pending: Buffer[] = [];
  #isCopying = false;
  /** All that is pending. */
  #onlyHolds = true;

  constructor(turns: Turns, events: LineEvents, suffix: string) {
    this.#turns = turns;
    this.#events = events;
    this.#suffix = suffix;
    turns.enter(this);
  }

  send(bytes: Buffer): void {
    for (const frame of this.#frames.read(bytes)) this.#take(frame);
  }

  hear(bytes: Buffer): void {
    this.#events.onData(bytes);
  }

  refuse(code: string, why: string): void {
    this.#events.onData(fatal(code, why));
    this.close();
  }

  close(): void {
    this.#turns.leave(this);
    this.#events.onEnd();
  }

  #take(frame: Frame): void {
    const { type } = frame;
    if (type === undefined) this.#frames.begin();
    // Terminate would end the only session; while rows come, the server passes over Sync and Flush.
    if (type === 'X' || (this.#isCopying && (type === 'S' || type === 'H'))) return;
    this.#pending.push(this.#own(frame));
    this.#onlyHolds &&= frameHolds(frame);
    if (type === 'Q' && takesRows(textAt(frame.body, 0).text)) this.#awaitRows();
    else if (endsTurn.has(type)) this.#endTurn();
  }

  #own(frame: Frame): Buffer {
    return frame.type === 'P' && takesRows(textAt(frame.body, textAt(frame.body, 0).next).text) ? withSuffix(asFrame(parsing(frame, noRows)), this.#suffix) : withSuffix(frame, this.#suffix);
  }

  /** The server reads all that there is at once, so it hears of the COPY when its rows are there. */
  #awaitRows(): void {
    this.#isCopying = true;
    this.hear(copyIn);
  }

  #endTurn(): void {
    this.#turns.add({ line: this, bytes: Buffer.concat(this.#pending), hasRows: this.#isCopying, onlyHolds: this.#onlyHolds });
    this.#pending = [];
    this.#isCopying = false;
    this.#onlyHolds = true;
  }
}

/** Of a statement that was prepared before, nobody asks here what it is. */
function frameHolds({ type, body }: Frame): boolean {
  if (type === 'Q') return onlyHolds(textAt(body, 0).text);
  const { text, next } = type === 'P' || type === 'B' ? textAt(body, 0) : { text: '', next: 0 };
  if (type === 'P') return text === '' && onlyHolds(textAt(body, next).text);
  return type !== 'B' || textAt(body, next).text === '';
}

function asFrame(bytes: Buffer): Frame {
  return { type: 'P', body: bytes.subarray(5), bytes };
}
