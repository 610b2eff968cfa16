// A short name for a long text, the same on every machine and in every release.

import { createHash, type Hash } from 'node:crypto';

/** A text that grows: many begin with the same long one, which is read once. */
export class Fingerprint {
  readonly #hash: Hash;

  private constructor(hash: Hash) {
    this.#hash = hash;
  }

  static of(text: string): Fingerprint {
    return new Fingerprint(createHash('sha256').update(text));
  }

  /** Of this text with another one behind it. */
  with(text: string): Fingerprint {
    return new Fingerprint(this.#hash.copy().update(text));
  }

  /** 32 hexadecimal digits. */
  print(): string {
    return this.#hash.copy().digest('hex').slice(0, 32);
  }
}
