// SET LOGGED and SET UNLOGGED where a foreign key would lead from a logged table to an unlogged one.
// Source: ATPrepChangePersistence() in src/backend/commands/tablecmds.c. It looks before any other action of the statement is done.

import type { ChangeOf } from '../model/change.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Relation } from '../model/relation.ts';
import { firstOf, nameOf, refuse, shown, whole, type RefusalFacts } from './facts.ts';

export function persistenceRefusal(change: ChangeOf<'set-persistence'>, facts: RefusalFacts): Impossibility | undefined {
  const found = changeRefusal(change, facts);
  return found && { ...found, phase: 'preparation' };
}

function changeRefusal(change: ChangeOf<'set-persistence'>, facts: RefusalFacts): Impossibility | undefined {
  const { table, persistence } = change;
  const found = shown(table, facts.beginning);
  if (found?.kind === 'partitioned-table') return partitionedRefusal(found, facts);
  if (found?.kind !== 'table') return undefined;
  return firstOf(
    () => (facts.beside.slice(0, facts.beside.indexOf(change)).some((one) => one.kind === 'set-persistence' && one.persistence !== found.persistence) ? twice(found) : undefined),
    () => (found.persistence === 'temporary' ? impossible(`${nameOf(found)} is temporary, and neither logged nor unlogged`) : undefined),
    () => (persistence === 'unlogged' && found.persistence === 'permanent' ? publishedRefusal(found, facts) : undefined),
    () => (persistence === 'unlogged' && found.persistence === 'permanent' ? neededRefusal(found, facts) : undefined),
    () => (persistence === 'permanent' && found.persistence === 'unlogged' ? needingRefusal(found, facts) : undefined),
  );
}

/** 42809, from 18 on; before, nothing comes of it. */
function partitionedRefusal(found: Relation, { version }: RefusalFacts): Impossibility | undefined {
  if (version < 18) return undefined;
  return refuse('impossible-action', '42809', `${nameOf(found)} is partitioned, and has no rows that could be logged or not`, { help: 'Say it of each partition' });
}

function impossible(message: string, help?: string): Impossibility {
  return refuse('impossible-action', '42P16', message, help === undefined ? {} : { help });
}

/** 0A000: "cannot change persistence setting twice". */
function twice(found: Relation): Impossibility {
  return refuse('impossible-action', '0A000', `${nameOf(found)} is made logged or unlogged twice in one statement`);
}

/** 55000: "cannot change table to unlogged because it is part of a publication", of one that names it. */
function publishedRefusal(found: Relation, { beginning }: RefusalFacts): Impossibility | undefined {
  if (beginning.isAnythingDoubted()) return undefined;
  const { publications, perhaps } = beginning.parts;
  const named = publications.entries().find(([name, { tables }]) => !perhaps.has(`publication ${name}`) && tables.some((one) => isSameName(one, found.name)));
  return named && refuse('impossible-action', '55000', `${nameOf(found)} is in the publication ${named[0]}, and can't become unlogged`, { help: 'Drop it from the publication first' });
}

/** "could not change table to unlogged because it references logged table", said of the table that refers to it. */
function neededRefusal(found: Relation, { beginning }: RefusalFacts): Impossibility | undefined {
  for (const name of found.referencedBy.values()) {
    const other = whole(name, beginning);
    if (other === undefined || other.persistence !== 'permanent' || isSameName(other.name, found.name) || !refersTo(other, found.name)) continue;
    return impossible(`${nameOf(other)}, which is logged, has a foreign key to ${nameOf(found)}, which can't become unlogged`, `Make ${nameOf(other)} unlogged first, or drop its foreign key`);
  }
  return undefined;
}

/** "could not change table to logged because it references unlogged table". */
function needingRefusal(found: Relation, { beginning }: RefusalFacts): Impossibility | undefined {
  for (const one of whole(found.name, beginning)?.constraints.values() ?? []) {
    const other = one.type === 'foreign-key' ? shown(one.references, beginning) : undefined;
    if (other === undefined || other.persistence !== 'unlogged' || isSameName(other.name, found.name)) continue;
    return impossible(`${nameOf(found)} has a foreign key to ${nameOf(other)}, which is unlogged, and can't become logged`, `Make ${nameOf(other)} logged first`);
  }
  return undefined;
}

function refersTo(other: Relation, target: QualifiedName): boolean {
  return other.constraints.some((one) => one.type === 'foreign-key' && isSameName(one.references, target));
}
