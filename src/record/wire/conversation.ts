// What a client and a server say to each other on one connection: the SQL that was sent, and whether the server took it.
// Source: the documentation of PostgreSQL, "Message Flow" and "Pipelining".

import { textAt, type Frame } from './frames.ts';

/** SQL that a client has sent, when the server has answered. */
export interface Heard {
  readonly sql: string;
  /** Values of `$1`, … in their order, as texts; undefined for one that is neither a text nor a whole number, null for NULL. Empty where there are none. */
  readonly values: readonly (string | null | undefined)[];
  /** Nothing was asked to be done between it and the one before it: where no transaction is open, they share one. */
  readonly isJoined: boolean;
  /** Why the server refused it, or the rest of what it shares a transaction with; undefined where it did not. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

interface Asked extends Pick<Heard, 'sql' | 'values'> {
  /** It ends with ReadyForQuery: all statements of a simple query are one message. */
  readonly isSimple: boolean;
}

type Message = Asked | 'sync';

export class Conversation {
  readonly #hear: (heard: Heard) => void;
  readonly #prepared = new Map<string, string>();
  readonly #portals = new Map<string, Pick<Heard, 'sql' | 'values'>>();
  #open: Message[] = [];
  /** Since the last time that the server was ready. */
  #answered: Heard[] = [];
  #error: Heard['error'];
  /** The server passes over Sync while rows come. */
  #isCopying = false;

  constructor(hear: (heard: Heard) => void) {
    this.#hear = hear;
  }

  fromClient({ type, body }: Frame): void {
    if (type === 'Q') this.#open.push({ sql: textAt(body, 0).text, values: [], isSimple: true });
    if (type === 'P') this.#prepare(body);
    if (type === 'B') this.#bind(body);
    if (type === 'E') this.#execute(body);
    if (type === 'S' && !this.#isCopying) this.#open.push('sync');
    if (type === 'c' || type === 'f') this.#isCopying = false;
  }

  fromServer({ type, body }: Frame): void {
    if (type === 'E') this.#refuse(errorOf(body));
    if (type === 'G') this.#awaitRows();
    // CommandComplete, EmptyQueryResponse, PortalSuspended.
    if (type === 'C' || type === 'I' || type === 's') this.#complete(undefined);
    if (type === 'Z') this.#ready(body.toString('latin1') === 'I');
  }

  #prepare(body: Buffer): void {
    const name = textAt(body, 0);
    this.#prepared.set(name.text, textAt(body, name.next).text);
  }

  #bind(body: Buffer): void {
    const portal = textAt(body, 0);
    const statement = textAt(body, portal.next);
    this.#portals.set(portal.text, { sql: this.#prepared.get(statement.text) ?? '', values: valuesAt(body, statement.next) });
  }

  #execute(body: Buffer): void {
    const { sql = '', values = [] } = this.#portals.get(textAt(body, 0).text) ?? {};
    this.#open.push({ sql, values, isSimple: false });
  }

  /** A Sync that stands behind the Execute of a COPY was passed over. */
  #awaitRows(): void {
    this.#isCopying = true;
    this.#open = this.#open.filter((message) => message !== 'sync');
  }

  /** What stands behind it up to the next Sync is passed over by the server, and was never sent as far as it is concerned. */
  #refuse(error: Heard['error']): void {
    this.#error = error;
    this.#isCopying = false;
    if (!this.#complete(error)) return;
    const sync = this.#open.indexOf('sync');
    this.#open.splice(0, sync < 0 ? this.#open.length : sync);
  }

  /** False: it is no answer to the Execute of a statement. */
  #complete(error: Heard['error']): boolean {
    const [first] = this.#open;
    if (first === undefined || first === 'sync' || first.isSimple) return false;
    this.#open.shift();
    const before = this.#answered.at(-1);
    const isJoined = before !== undefined && !isOfTransactions(before.sql) && !isOfTransactions(first.sql);
    this.#answered.push({ sql: first.sql, values: first.values, isJoined, error });
    return true;
  }

  /** `isOutside`: no transaction is open. */
  #ready(isOutside: boolean): void {
    const first = this.#open.shift();
    const error = this.#error;
    if (first !== undefined && first !== 'sync' && first.isSimple) this.#answered.push({ sql: first.sql, values: first.values, isJoined: false, error });
    const undone = error && isOutside ? this.#answered.findLastIndex(({ sql }) => isOfTransactions(sql)) + 1 : Infinity;
    for (const [index, heard] of this.#answered.entries()) this.#hear(index < undone ? heard : { ...heard, error });
    this.#answered = [];
    this.#error = undefined;
  }
}

function isOfTransactions(sql: string): boolean {
  return /^\s*(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT)\b/i.test(sql);
}

/** Formats of the values, then the values. */
function valuesAt(body: Buffer, start: number): readonly (string | null | undefined)[] {
  if (start + 2 > body.length) return [];
  const formats = Array.from({ length: body.readInt16BE(start) }, (_, index) => body.readInt16BE(start + 2 + 2 * index));
  let offset = start + 2 + 2 * formats.length;
  const count = body.readInt16BE(offset);
  offset += 2;
  return Array.from({ length: count }, (_, index) => {
    const length = body.readInt32BE(offset);
    const from = offset + 4;
    offset = from + Math.max(0, length);
    const isText = (formats.length === 1 ? formats[0] : formats[index]) !== 1;
    const bytes = body.subarray(from, offset);
    return length < 0 ? null : isText ? bytes.toString('utf8') : ofBinary(bytes);
  });
}

/** A text is the same in binary; a whole number has bytes that no text has. Nothing else is by what a migration is known. */
function ofBinary(bytes: Buffer): string | undefined {
  if (!/[\0-\x08\x0e-\x1f\x7f\ufffd]/.test(bytes.toString('utf8'))) return bytes.toString('utf8');
  if (bytes.length === 8) return String(bytes.readBigInt64BE());
  return bytes.length === 4 ? String(bytes.readInt32BE()) : bytes.length === 2 ? String(bytes.readInt16BE()) : undefined;
}

/** Fields, each with its letter: C for the code, M for the message. */
function errorOf(body: Buffer): Heard['error'] {
  const fields = new Map<string, string>();
  for (let offset = 0; offset < body.length && body[offset] !== 0; ) {
    const { text, next } = textAt(body, offset + 1);
    fields.set(body.toString('latin1', offset, offset + 1), text);
    offset = next;
  }
  return { code: fields.get('C') ?? '', message: fields.get('M') ?? '' };
}
