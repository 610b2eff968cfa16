// What sends the statements of a migration in Django's order: some wait until all of its operations have run.
// Source: BaseDatabaseSchemaEditor and django/db/backends/ddl_references.py of Django 5.2.

import type { Span } from '../../../../../text/span.ts';
import type { Scene } from '../../../tree/scene.ts';
import { Unread } from '../unread.ts';
import { withConstraint, withDoubt, type Catalog, type Constraint } from './catalog.ts';

/** What a waiting statement speaks of, under the names that they have by now. */
export interface References {
  readonly table: string;
  readonly columns: readonly string[];
  /** Of a foreign key. */
  readonly to?: { readonly table: string; readonly column: string };
}

export interface Statement {
  readonly refers: References;
  readonly sql: (refers: References) => string;
  /** What is in the database behind it. */
  readonly makes?: (refers: References) => Constraint;
}

/** Where an operation stands in the code, and its last step: that is shown as what makes the SQL. */
export interface At {
  readonly place: Span;
  readonly step: Span;
}

export class SchemaEditor {
  catalog: Catalog;
  readonly #scene: Scene;
  #at: At = { place: { start: 0, end: 0 }, step: { start: 0, end: 0 } };
  #waiting: { readonly statement: Statement; readonly at: At }[] = [];

  constructor(scene: Scene, catalog: Catalog) {
    this.#scene = scene;
    this.catalog = catalog;
  }

  /** What is sent from now on comes from there. What can't be read of it is a gap; false then. */
  operation(at: At, work: () => void): boolean {
    this.#at = at;
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      this.gap(error.message);
      return false;
    }
  }

  execute(text: string): void {
    this.#scene.send([{ text, place: this.#at.step }], this.#at.place);
  }

  gap(why: string): void {
    this.#scene.gap(why, this.#at.place);
  }

  run({ refers, sql, makes }: Statement): void {
    this.execute(sql(refers));
    if (makes) this.add(refers.table, makes(refers));
  }

  /** Until all operations of the migration have run. */
  defer(statement: Statement): void {
    this.#waiting.push({ statement, at: this.#at });
  }

  add(table: string, constraint: Constraint): void {
    this.catalog = withConstraint(this.catalog, table, constraint);
  }

  /** SQL that somebody has written by hand. */
  overlook(text: string): void {
    this.catalog = withDoubt(this.catalog, text);
  }

  /** Drops those that wait and speak of it. True: there was one. */
  forget(isMeant: (statement: Statement) => boolean): boolean {
    const left = this.#waiting.filter(({ statement }) => !isMeant(statement));
    const isFound = left.length < this.#waiting.length;
    this.#waiting = left;
    return isFound;
  }

  rename(change: (refers: References) => References): void {
    this.#waiting = this.#waiting.map(({ statement, at }) => ({ statement: { ...statement, refers: change(statement.refers) }, at }));
  }

  /** The migration ends. */
  close(): void {
    for (const { statement, at } of this.#waiting) this.operation(at, () => this.run(statement));
    this.#waiting = [];
  }
}
