// A short name for a long text, the same on every machine and in every release.

import { createHash } from 'node:crypto';

/** 32 hexadecimal digits. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
