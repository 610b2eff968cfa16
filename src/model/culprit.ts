// Why nobody can say from the text of a migration what a statement does.

import { printName, type RelationName } from './names.ts';

export type Cause =
  /** History does not show the function. */
  | { readonly kind: 'unknown-function'; readonly function: RelationName }
  /** Of a function, or of a DO block. */
  | { readonly kind: 'unread-language'; readonly language: string }
  | { readonly kind: 'unread-body' }
  /** EXECUTE of what only the server knows. */
  | { readonly kind: 'computed-sql' }
  /** A function of PostgreSQL or of an extension that runs SQL which is not here. */
  | { readonly kind: 'handed-sql'; readonly function: RelationName }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'unprepared'; readonly name: string }
  /** A program that the server starts. */
  | { readonly kind: 'program' }
  /** It is filled in, or what is filled in decides what it is. */
  | { readonly kind: 'placeholder' }
  /** A statement that works on whatever there is. */
  | { readonly kind: 'unnamed-objects'; readonly command: string };

export interface Culprit {
  readonly cause: Cause;
  /** The functions through which it is reached, from the one that the statement calls. */
  readonly through: readonly RelationName[];
  /** The first of them does not stand in the statement: a trigger, or what else hangs on what it uses. */
  readonly isImplied?: boolean;
}

export function culprit(cause: Cause): Culprit {
  return { cause, through: [] };
}

/** `runs touch(), which runs archive_orders(), which no migration here creates`. */
export function culpritInWords({ cause, through }: Culprit): string {
  const callers = through.length > LONGEST ? [...through.slice(0, LONGEST - 1), ...through.slice(-1)] : through;
  const [first, ...rest] = [...callers, ...('function' in cause ? [cause.function] : [])].map((name) => `${printName(name)}()`);
  const path = first === undefined ? [] : [`runs ${first}`, ...rest.map((name) => `which runs ${name}`)];
  const words = first === undefined ? wordsAlone(cause) : wordsOfFunction(cause);
  return [...path, words].join(', ');
}

/** Functions that are named. */
const LONGEST = 4;

function wordsOfFunction(cause: Cause): string {
  switch (cause.kind) {
    case 'unknown-function':
      return 'which no migration here creates';
    case 'unread-language':
      return `which is written in ${cause.language} and not read`;
    case 'unread-body':
      return "whose body can't be read";
    case 'handed-sql':
      return 'which runs SQL that is not read here';
    case 'too-deep':
      return 'whose calls go too deep to be followed';
    case 'computed-sql':
    case 'unprepared':
    case 'program':
    case 'placeholder':
    case 'unnamed-objects':
      return `which ${wordsAlone(cause)}`;
  }
}

function wordsAlone(cause: Cause): string {
  switch (cause.kind) {
    case 'unknown-function':
    case 'handed-sql':
      return `runs ${printName(cause.function)}()`;
    case 'unread-language':
      return `runs a block in ${cause.language}, which is not read`;
    case 'unread-body':
      return "runs a block that can't be read";
    case 'computed-sql':
      return 'runs SQL that is put together while it runs';
    case 'too-deep':
      return 'makes calls that go too deep to be followed';
    case 'unprepared':
      return `runs the prepared statement ${cause.name}, which no migration here prepares`;
    case 'program':
      return 'starts a program on the server';
    case 'placeholder':
      return 'runs what a placeholder stands for';
    case 'unnamed-objects':
      return `works on whatever objects there are: ${cause.command} names none of them`;
  }
}

/** What to do about it. */
export function adviceOn({ cause }: Culprit): string {
  switch (cause.kind) {
    case 'unknown-function':
      return `Create ${printName(cause.function)}() in a migration, so that it can be followed, or check by hand what it does`;
    case 'computed-sql':
      return 'Write the statements that it runs into the migration, or check by hand what they do';
    case 'placeholder':
      return 'Lint what the placeholder stands for, or check by hand what it does';
    case 'unprepared':
      return 'Prepare it in the same migration, or check by hand what it does';
    case 'unread-language':
    case 'unread-body':
    case 'handed-sql':
    case 'too-deep':
    case 'program':
    case 'unnamed-objects':
      return 'Write the statements themselves into the migration, or check by hand what it does';
  }
}
