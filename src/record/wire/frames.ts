// A stream of bytes, cut into the messages of PostgreSQL's protocol.
// Source: the documentation of PostgreSQL, "Message Formats".

/** One message, with the bytes that it came in. */
export interface Frame {
  /** Its letter; undefined for what a client says first, which has none. */
  readonly type: string | undefined;
  /** Behind its length. */
  readonly body: Buffer;
  readonly bytes: Buffer;
}

/** Of a message, and of the first one of a client; the server itself allows no more. */
const LONGEST = 0x3fffffff;
const LONGEST_FIRST = 10_000;

export class Frames {
  #left: Buffer = Buffer.alloc(0);
  #hasBegun: boolean;

  /** `from`: what a client says first has no letter. */
  constructor(from: 'client' | 'server') {
    this.#hasBegun = from === 'server';
  }

  /** From now on, messages have letters: the client has asked to begin. */
  begin(): void {
    this.#hasBegun = true;
  }

  /** Throws where the bytes are no message. One at a time, because what the first one says decides how the next is read. */
  *read(chunk: Buffer): Generator<Frame> {
    this.#left = this.#left.length === 0 ? chunk : Buffer.concat([this.#left, chunk]);
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) yield frame;
  }

  #next(): Frame | undefined {
    const head = this.#hasBegun ? 1 : 0;
    if (this.#left.length < head + 4) return undefined;
    const length = this.#left.readInt32BE(head);
    if (length < 4 || length > (head === 1 ? LONGEST : LONGEST_FIRST)) throw new Error('this is not PostgreSQL’s protocol');
    const end = head + length;
    if (this.#left.length < end) return undefined;
    const bytes = this.#left.subarray(0, end);
    this.#left = this.#left.subarray(end);
    return { type: head === 1 ? bytes.toString('latin1', 0, 1) : undefined, body: bytes.subarray(head + 4), bytes };
  }
}

/** A text that ends with a zero, from an offset on, and where the next thing begins. */
export function textAt(body: Buffer, offset: number): { readonly text: string; readonly next: number } {
  const end = body.indexOf(0, offset);
  const last = end < 0 ? body.length : end;
  return { text: body.toString('utf8', offset, last), next: last + 1 };
}
