// The seal of what runs leave for later ones: a key that lies with the user alone, so that nobody who writes commits, or fills the caches of
// a CI system, can make what a run believes.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { lstatSync, writeFileSync, type Stats } from 'node:fs';
import { readRegular, removeRegular } from '../../sources/disk/regular-file.ts';

/** In bytes, at the beginning of what is sealed. */
const sealLength = 32;
const keyLength = 32;

export class Seal {
  readonly #key: Buffer;

  private constructor(key: Buffer) {
    this.#key = key;
  }

  /** With the key in the file, or a new one where there is none that can be believed. Throws where none can be made. */
  static in(file: string): Seal {
    const seal = Seal.#from(file);
    if (seal) return seal;
    if (isOfUser(lstatSync(file, { throwIfNoEntry: false })?.uid)) removeRegular(file);
    writeFileSync(file, randomBytes(keyLength), { flag: 'wx', mode: 0o600 });
    return Seal.#from(file) ?? refuse(`${file} is readable for others`);
  }

  static #from(file: string): Seal | undefined {
    const read = readRegular(file, keyLength);
    if (read?.bytes.length !== keyLength || !isOfUserAlone(read.stats)) return undefined;
    // A key that was copied or unpacked here is another one: who brings a key and what is sealed with it brings nothing.
    return new Seal(createHmac('sha256', read.bytes).update(String(read.changedAt)).digest());
  }

  /** `purpose`: what it is to be taken for, and for nothing else. */
  closed(content: Buffer, purpose: string): Buffer {
    return Buffer.concat([this.#mark(content, purpose), content]);
  }

  /** Undefined where it was not sealed here for this purpose, or has changed since. */
  opened(bytes: Buffer, purpose: string): Buffer | undefined {
    if (bytes.length < sealLength) return undefined;
    const content = bytes.subarray(sealLength);
    return timingSafeEqual(this.#mark(content, purpose), bytes.subarray(0, sealLength)) ? content : undefined;
  }

  #mark(content: Buffer, purpose: string): Buffer {
    return createHmac('sha256', this.#key).update(`${Buffer.byteLength(purpose)}\0${purpose}`).update(content).digest();
  }
}

function refuse(why: string): never {
  throw new Error(why);
}

/** Others may neither read nor write it, as far as the system tells users apart. */
function isOfUserAlone({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (isOfUser(uid) && (mode & 0o077) === 0);
}

function isOfUser(uid: number | undefined): boolean {
  return process.getuid === undefined || uid === process.getuid();
}
