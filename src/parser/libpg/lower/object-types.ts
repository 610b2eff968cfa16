// The grammar's kinds of objects, in the words of commands and of the model.

import type { ObjectType } from '@pgsql/types';
import type { RelationKind } from '../../../model/changes/table-changes.ts';

const irregular: Partial<Record<ObjectType, string>> = {
  OBJECT_MATVIEW: 'MATERIALIZED VIEW',
  OBJECT_TABCONSTRAINT: 'TABLE',
  OBJECT_DOMCONSTRAINT: 'DOMAIN',
  OBJECT_LARGEOBJECT: 'LARGE OBJECT',
  OBJECT_FDW: 'FOREIGN DATA WRAPPER',
  OBJECT_FOREIGN_SERVER: 'SERVER',
  OBJECT_STATISTIC_EXT: 'STATISTICS',
  OBJECT_OPCLASS: 'OPERATOR CLASS',
  OBJECT_OPFAMILY: 'OPERATOR FAMILY',
  OBJECT_TSCONFIGURATION: 'TEXT SEARCH CONFIGURATION',
  OBJECT_TSDICTIONARY: 'TEXT SEARCH DICTIONARY',
  OBJECT_TSPARSER: 'TEXT SEARCH PARSER',
  OBJECT_TSTEMPLATE: 'TEXT SEARCH TEMPLATE',
};

/** `MATERIALIZED VIEW` for OBJECT_MATVIEW, as command tags have it: a constraint is altered by altering what it is on. */
export function objectWords(type: ObjectType | undefined): string {
  if (type === undefined) return '';
  return irregular[type] ?? type.replace('OBJECT_', '').replaceAll('_', ' ');
}

const relationKinds: Partial<Record<ObjectType, RelationKind>> = {
  OBJECT_TABLE: 'table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized-view',
  OBJECT_FOREIGN_TABLE: 'foreign-table',
  OBJECT_INDEX: 'index',
  OBJECT_SEQUENCE: 'sequence',
};

/** Undefined for what is not stored in pg_class. */
export function relationKindOf(type: ObjectType | undefined): RelationKind | undefined {
  return type && relationKinds[type];
}
