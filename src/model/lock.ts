// The eight modes in which a relation can be locked, from the weakest to the strongest.
// Source: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES

export const lockModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;

export type LockMode = (typeof lockModes)[number];

export function isStronger(left: LockMode, right: LockMode): boolean {
  return lockModes.indexOf(left) > lockModes.indexOf(right);
}

export function strongerOf(left: LockMode, right: LockMode): LockMode {
  return isStronger(right, left) ? right : left;
}

/** Must a SELECT wait (it takes ACCESS SHARE)? */
export function blocksReads(mode: LockMode): boolean {
  return mode === 'ACCESS EXCLUSIVE';
}

/** Must an INSERT, UPDATE or DELETE wait (they take ROW EXCLUSIVE)? */
export function blocksWrites(mode: LockMode): boolean {
  return mode === 'SHARE' || isStronger(mode, 'SHARE');
}
