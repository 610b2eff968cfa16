// What a function of the history runs: read when it is first called, because reading PL/pgSQL costs.

import { runsIn, type Block } from './block.ts';
import type { QualifiedName } from './names.ts';
import type { Assignment, Statement } from './statement.ts';

/** Texts of arguments by their place; undefined: only the server knows. */
export type ArgumentTexts = readonly (string | undefined)[];

/** What it runs; a word for why it can't be read otherwise. */
export type ReadBody = Block<Statement> | { readonly unread: 'body' } | { readonly unread: 'language'; readonly language: string };

export type BodyReader = (values: ArgumentTexts) => ReadBody;

/** `name`: '' for one without; `default`: what it is where a call does not give it, if the text says so. */
export interface Parameter {
  readonly name: string;
  readonly default: string | undefined;
}

/** A function that runs with these arguments. */
export interface FunctionRun {
  readonly function: QualifiedName;
  readonly body: FunctionBody;
  readonly values: ArgumentTexts;
  /** The call does not stand in the statement. */
  readonly isImplied: boolean;
}

export class FunctionBody {
  /** What its own SET puts in force while it runs. */
  readonly settings: readonly Assignment[];
  /** Those that a call gives, by place. */
  readonly parameters: readonly Parameter[];
  readonly #definition: string;
  readonly #read: BodyReader;
  readonly #found = new Map<string, ReadBody>();
  #general: ReadBody | undefined;
  #isMoved: boolean | undefined;

  constructor(definition: string, settings: readonly Assignment[], parameters: readonly Parameter[], read: BodyReader) {
    this.#definition = definition;
    this.settings = settings;
    this.parameters = parameters;
    this.#read = read;
  }

  /** The statement that made the function. */
  get definition(): string {
    return this.#definition;
  }

  /** Whatever the arguments are. */
  get general(): ReadBody {
    return (this.#general ??= this.#read([]));
  }

  /** Where the arguments decide what it runs, they are put in. */
  for(values: ArgumentTexts): ReadBody {
    if (values.every((value) => value === undefined) || !this.#dependsOnValues()) return this.general;
    const key = JSON.stringify(values.map((value) => value ?? null));
    const found = this.#found.get(key);
    if (found || this.#found.size >= MOST) return found ?? this.general;
    const read = this.#read(values);
    this.#found.set(key, read);
    return read;
  }

  #dependsOnValues(): boolean {
    return (this.#isMoved ??= isBlock(this.general) && runsIn(this.general).some(isMoved));
  }
}

/** Sets of arguments with which a body is read anew. */
const MOST = 1000;

export function isBlock(body: ReadBody): body is Block<Statement> {
  return !('unread' in body);
}

function isMoved(statement: Statement): boolean {
  if (statement.kind === 'opaque') return statement.culprit.cause.kind === 'computed-sql';
  return statement.usage?.calls.some((call) => call.arguments.some(({ kind }) => kind === 'variable')) ?? false;
}
