// Operations of Django that need to know nothing of models, in the SQL that `sqlmigrate` prints for them.
// Source: django/contrib/postgres/operations.py of Django 5.2.

import { Given } from '../../../tree/given.ts';
import type { Made } from '../../../tree/value.ts';

/** Undefined for all others. */
export function printed({ call }: Made, name: string, direction: 'up' | 'down'): readonly string[] | undefined {
  const given = new Given(call, name === 'CreateExtension' ? ['name'] : []);
  const extension = name === 'CreateExtension' ? given.text('name') : extensions[name];
  if (extension === undefined || !given.isUnderstood) return undefined;
  const quoted = `"${extension.replaceAll('"', '""')}"`;
  return [direction === 'up' ? `CREATE EXTENSION IF NOT EXISTS ${quoted}` : `DROP EXTENSION IF EXISTS ${quoted}`];
}

const extensions: Readonly<Record<string, string>> = {
  BloomExtension: 'bloom',
  BtreeGinExtension: 'btree_gin',
  BtreeGistExtension: 'btree_gist',
  CITextExtension: 'citext',
  CryptoExtension: 'pgcrypto',
  HStoreExtension: 'hstore',
  TrigramExtension: 'pg_trgm',
  UnaccentExtension: 'unaccent',
};
