// Tables that no publication can send, or not in the way that is asked for. Source: check_publication_add_relation(), publication_add_relation()
// in src/backend/catalog/pg_publication.c, CheckPubRelationColumnList() in src/backend/commands/publicationcmds.c.

import type { ChangeOf } from '../model/change.ts';
import type { PublishedTable } from '../model/changes/attachment-changes.ts';
import type { Impossibility } from '../model/impossibility.ts';
import { isSameName, printName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import { firstOf, kindWords, nameOf, refuse, shown, type MoreOfIt, type RefusalFacts } from './facts.ts';

export function createPublicationRefusal({ publication, tables, viaRoot }: ChangeOf<'create-publication'>, facts: RefusalFacts): Impossibility | undefined {
  const isNarrowed = viaRoot === false && facts.version >= 15;
  return firstOf(() => repeatedRefusal(tables, facts), ...tables.map((table) => () => (isNarrowed ? narrowedRefusal(publication, table, facts) : undefined)), ...tables.map((table) => () => relationRefusal(table, facts)));
}

export function alterPublicationRefusal({ publication, action, tables }: ChangeOf<'alter-publication'>, facts: RefusalFacts): Impossibility | undefined {
  if (action === 'drop') return undefined;
  return firstOf(() => repeatedRefusal(tables, facts), ...tables.map((table) => () => (action === 'add' ? memberRefusal(publication, table, facts) : undefined) ?? relationRefusal(table, facts)));
}

function impossible(code: string, message: string, more: MoreOfIt = {}): Impossibility {
  return refuse('impossible-action', code, message, more);
}

/** 42710: "conflicting or redundant WHERE clauses for table", "… column lists", of a table that is named twice, or below one that is named. Source: OpenTableList(). */
function repeatedRefusal(tables: readonly PublishedTable[], { before }: RefusalFacts): Impossibility | undefined {
  const seen = new Map<string, PublishedTable>();
  for (const published of tables) {
    const found = shown(published.table, before);
    if (found === undefined) return undefined;
    const own = printName(found.name);
    const earlier = seen.get(own);
    if (earlier && (isNarrow(published) || isNarrow(earlier))) return twice(own);
    if (earlier) continue;
    const below = published.only || found.kind === 'partitioned-table' ? [] : before.descendants(found.name).map(({ name }) => printName(name));
    const other = below.find((name) => (isNarrow(published) ? seen.has(name) : isNarrow(seen.get(name) ?? published)));
    if (other !== undefined) return twice(other);
    for (const name of [own, ...below]) if (!seen.has(name)) seen.set(name, published);
  }
  return undefined;
}

function isNarrow({ columns, hasCondition }: PublishedTable): boolean {
  return columns.length > 0 || hasCondition;
}

function twice(name: string): Impossibility {
  return impossible('42710', `${name} is named twice, by itself or by what it is below, and so it can't have columns or a WHERE of its own`);
}

/** 22023: "cannot add relation to publication", of a child too, but not of a partition. Source: OpenTableList() in src/backend/commands/publicationcmds.c. */
function relationRefusal({ table, only }: PublishedTable, { before }: RefusalFacts): Impossibility | undefined {
  const named = shown(table, before);
  if (named === undefined) return undefined;
  const below = only || named.kind === 'partitioned-table' ? [] : before.descendants(named.name).flatMap(({ name }) => shown(name, before) ?? []);
  return firstOf(...[named, ...below].map((one) => () => unsendable(one)));
}

function unsendable(relation: Relation): Impossibility | undefined {
  if (relation.kind !== 'table' && relation.kind !== 'partitioned-table') return impossible('22023', `${nameOf(relation)} is ${kindWords[relation.kind]}, which no publication can send`);
  return relation.persistence === 'permanent' ? undefined : impossible('22023', `${nameOf(relation)} is ${relation.persistence}, and no publication can send it`);
}

/** 22023: "cannot use column list for relation in publication", "… WHERE clause", of a partitioned table. */
function narrowedRefusal(publication: string, { table, columns, hasCondition }: PublishedTable, { before }: RefusalFacts): Impossibility | undefined {
  const found = columns.length > 0 || hasCondition ? shown(table, before) : undefined;
  if (found?.kind !== 'partitioned-table') return undefined;
  return impossible('22023', `${nameOf(found)} is partitioned: ${publication} can send a part of it only WITH (publish_via_partition_root)`, {
    help: 'Leave out its columns and its WHERE, or set publish_via_partition_root',
  });
}

/** 42710: "relation is already member of publication". */
function memberRefusal(publication: string, { table }: PublishedTable, { before }: RefusalFacts): Impossibility | undefined {
  const found = shown(table, before);
  if (found === undefined || before.isAnythingDoubted() || before.parts.perhaps.has(`publication ${publication}`)) return undefined;
  const isMember = before.parts.publications.get(publication)?.tables.some((one) => isSameName(one, found.name));
  return isMember ? impossible('42710', `${publication} has ${nameOf(found)} already`) : undefined;
}
