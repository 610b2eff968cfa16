// How many migrations of a history were told, and how many of them could be read.

import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { LeftOutSection } from '../../model/left-out.ts';

export class Tally {
  #migrations = 0;
  #linted = 0;
  #unreadable = 0;
  #inCode = 0;
  readonly #leftOut: LeftOutSection[] = [];

  /** All of them, history included. */
  get migrations(): number {
    return this.#migrations;
  }

  get linted(): number {
    return this.#linted;
  }

  /** Of the linted ones, those of which nothing could be read, whatever they were to hold. */
  get unreadable(): number {
    return this.#unreadable;
  }

  /** Of the linted ones, those that are no SQL. */
  get inCode(): number {
    return this.#inCode;
  }

  /** Of the linted ones, what stands in them and was not linted. */
  get leftOut(): readonly LeftOutSection[] {
    return this.#leftOut;
  }

  /** `told`: migrations that an earlier run has told. */
  resume(told: number): void {
    this.#migrations += told;
  }

  /** Counts each as it passes. `look`: at each before it is counted. */
  *counting(migrations: Iterable<ParsedMigration>, look: (migration: ParsedMigration) => void): Generator<ParsedMigration> {
    for (const migration of migrations) {
      look(migration);
      this.#count(migration);
      yield migration;
    }
  }

  #count({ linted, source, parsed, leftOut = [], isInCode: isCode = false }: ParsedMigration): void {
    const isInCode = isCode && parsed.statements.length === 0;
    const isLost = (rule: string): boolean => parsed.problems.some((problem) => problem.rule === rule) && (source.text.trim() === '' || isInCode);
    this.#migrations += 1;
    if (!linted) return;
    this.#linted += 1;
    for (const section of leftOut) this.#leftOut.push(section);
    if (isLost('unread-migration')) this.#inCode += 1;
    if (isLost('unreadable-file')) this.#unreadable += 1;
  }
}
