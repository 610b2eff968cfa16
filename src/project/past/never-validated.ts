// Constraints that were added NOT VALID and are not validated when the history ends.

import { historyRules } from '../../engine/history-rules.ts';
import type { History, ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Ruling } from '../../engine/suppress.ts';
import { Catalog } from '../../model/catalog.ts';
import { printName, type QualifiedName } from '../../model/names.ts';
import type { TableConstraint } from '../../model/relation.ts';
import type { PlacedAct, Timeline } from '../../model/timeline.ts';
import type { Problem } from '../../parser/parser.ts';
import { asideOf } from './aside.ts';

interface Added {
  readonly migration: ParsedMigration;
  readonly act: PlacedAct;
  readonly table: QualifiedName;
  readonly constraint: string;
  /** Migrations on the way up until there, itself included. */
  readonly count: number;
}

/** Hears what a history comes to; read when it is told. Only of what is linted: history is told where it is not known. */
export class NeverValidated {
  #added: Added[] = [];
  #count = 0;
  #end: Catalog | undefined;

  readonly hear = (migration: ParsedMigration, timeline: Timeline, behind: Catalog): void => {
    this.#count += 1;
    this.#end = behind;
    if (!migration.linted) return;
    for (const act of timeline.acts.get('add-constraint') ?? []) {
      for (const { table, constraint } of addedBy(act)) this.#added.push({ migration, act, table, constraint, count: this.#count });
    }
  };

  /** `rulingOn`: of the migration in which it was added. */
  history(of: Pick<History, 'version' | 'versionSource'>, rulingOn: (migration: ParsedMigration) => Pick<Ruling, 'optionsOf'>): History {
    const added = (): readonly Added[] => this.#added.filter((one) => isOpen(one, this.#end));
    const problemOf = (one: Added): Problem => said(one, this.#count - one.count, rulingOn(one.migration).optionsOf(historyRules['never-validated-constraint'])['after'] ?? 0);
    const migrations: Iterable<ParsedMigration> = {
      *[Symbol.iterator]() {
        for (const one of added()) yield asideOf(one.migration.source, [problemOf(one)], one.migration.tool);
      },
    };
    return { migrations, isAside: true, start: Catalog.start('unknown'), settings: new Map(), newTables: 'migration', version: of.version, versionSource: of.versionSource };
  }
}

function addedBy({ change, before, after }: PlacedAct): readonly { readonly table: QualifiedName; readonly constraint: string }[] {
  if (change.kind !== 'add-constraint' || change.constraint.valid) return [];
  const [old, made] = [before.find(change.table), after.find(change.table)];
  if (typeof made === 'string') return [];
  const names = new Set(typeof old === 'string' ? [] : Array.from(old.constraints, ({ name }) => name));
  return Array.from(made.constraints).filter((one) => isUnproven(one) && !names.has(one.name)).map(({ name }) => ({ table: made.name, constraint: name }));
}

/** What nobody enforces, nobody validates. */
function isUnproven({ valid, enforced }: TableConstraint): boolean {
  return !valid && enforced;
}

function isOpen({ table, constraint }: Added, end: Catalog | undefined): boolean {
  const found = end?.find(table);
  if (found === undefined || typeof found === 'string') return false;
  return Array.from(found.constraints).some((one) => one.name === constraint && isUnproven(one));
}

function said({ act, table, constraint }: Added, behind: number, after: number): Problem {
  const { step, change } = act;
  const since = behind === 0 ? '' : `, and ${behind === 1 ? '1 migration has' : `${behind} migrations have`} come behind it`;
  return {
    rule: 'never-validated-constraint',
    span: change.span,
    statement: step.statement.span,
    message: `the constraint ${constraint} of ${printName(table)} is added NOT VALID, and no migration validates it${since}: rows that were there before may break it`,
    help: `When the rows are right, validate it in a migration of its own: ALTER TABLE ${printName(table)} VALIDATE CONSTRAINT ${constraint}`,
    ...(behind < after ? { atMost: 'info' } : {}),
  };
}
