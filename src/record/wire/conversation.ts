// What a client and a server say to each other on one connection: the SQL that was sent, and whether the server took it.
// Source: the documentation of PostgreSQL, "Message Flow".

import { textAt, type Frame } from './frames.ts';

/** SQL that a client has sent, when the server has answered. */
export interface Heard {
  readonly sql: string;
  /** Values of `$1`, … in their order, as texts; undefined for one that is no text, null for NULL. Empty where there are none. */
  readonly values: readonly (string | null | undefined)[];
  /** Why the server refused it; undefined where it did not. */
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
  #error: Heard['error'];

  constructor(hear: (heard: Heard) => void) {
    this.#hear = hear;
  }

  /** Answers are awaited. */
  get isBusy(): boolean {
    return this.#open.length > 0;
  }

  fromClient({ type, body }: Frame): void {
    if (type === 'Q') this.#open.push({ sql: textAt(body, 0).text, values: [], isSimple: true });
    if (type === 'P') this.#prepare(body);
    if (type === 'B') this.#bind(body);
    if (type === 'E') this.#execute(body);
    if (type === 'S') this.#open.push('sync');
  }

  fromServer({ type, body }: Frame): void {
    if (type === 'E') this.#refuse(errorOf(body));
    // CommandComplete, EmptyQueryResponse, PortalSuspended.
    if (type === 'C' || type === 'I' || type === 's') this.#complete();
    if (type === 'Z') this.#ready();
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

  /** What stands behind it up to the next Sync is passed over by the server, and was never sent as far as it is concerned. */
  #refuse(error: Heard['error']): void {
    const [first] = this.#open;
    this.#error = error;
    if (first === undefined || first === 'sync' || first.isSimple) return;
    this.#open.shift();
    this.#hear({ sql: first.sql, values: first.values, error });
    const sync = this.#open.indexOf('sync');
    this.#open.splice(0, sync < 0 ? this.#open.length : sync);
  }

  #complete(): void {
    const [first] = this.#open;
    if (first === undefined || first === 'sync' || first.isSimple) return;
    this.#open.shift();
    this.#hear({ sql: first.sql, values: first.values, error: undefined });
  }

  #ready(): void {
    const first = this.#open.shift();
    if (first !== undefined && first !== 'sync' && first.isSimple) this.#hear({ sql: first.sql, values: first.values, error: this.#error });
    this.#error = undefined;
  }
}

/** Formats of the values, then the values. A value in binary is none that anybody reads here. */
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
    return length < 0 ? null : isText ? body.toString('utf8', from, from + length) : undefined;
  });
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
