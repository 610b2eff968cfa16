// Names that Django gives to what has none, and those that PostgreSQL does.
// Source: names_digest() and truncate_name() in django/db/backends/utils.py, and _create_index_name() in base/schema.py, of Django 5.2;
// makeObjectName() in src/backend/commands/indexcmds.c of PostgreSQL.

import { createHash } from 'node:crypto';

/** Of an identifier in PostgreSQL. */
const LONGEST = 63;

export function digest(words: readonly string[], length: number): string {
  return createHash('md5').update(words.join('')).digest('hex').slice(0, length);
}

/** A name that is quoted stays so: `schema"."table` is how people reach other schemas. */
export function quoted(name: string): string {
  return name.startsWith('"') && name.endsWith('"') ? name : `"${name}"`;
}

/** Without its schema. */
export function bareName(table: string): string {
  return (table.split('"."')[1] ?? table).replace(/^"+|"+$/g, '');
}

export function schemaOf(table: string): string {
  const parts = table.split('"."');
  return parts.length === 2 ? (parts[0] ?? '').replace(/^"+|"+$/g, '') : '';
}

/** Cut to what PostgreSQL allows, with a hash behind it. */
export function truncated(name: string): string {
  const bare = bareName(name);
  if (bare.length <= LONGEST) return name;
  const schema = schemaOf(name);
  return `${schema === '' ? '' : `${schema}"."`}${bare.slice(0, LONGEST - 4)}${digest([bare], 4)}`;
}

/** Of an index or a constraint; `suffix`: `_uniq`, `_fk_customers_id`. */
export function indexName(table: string, columns: readonly string[], suffix: string): string {
  const bare = bareName(table);
  let ending = `${digest([bare, ...columns], 8)}${suffix}`;
  const whole = `${bare}_${columns.join('_')}_${ending}`;
  if (whole.length <= LONGEST) return whole;
  if (ending.length > LONGEST / 3) ending = ending.slice(0, Math.floor(LONGEST / 3));
  const others = Math.floor((LONGEST - ending.length) / 2) - 1;
  const name = `${bare.slice(0, others)}_${columns.join('_').slice(0, others)}_${ending}`;
  return /^[_\d]/.test(name) ? `D${name.slice(0, -1)}` : name;
}

/** As PostgreSQL calls what stands in a column: `orders_number_key`. */
export function postgresName(table: string, column: string, label: 'key' | 'check' | 'pkey' | 'seq'): string {
  const bare = bareName(table);
  const words = column === '' ? [bare] : [bare, column];
  const space = LONGEST - label.length - 1 - (words.length - 1);
  let [first, second] = [bare.length, column.length];
  while (first + second > space) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  return [bare.slice(0, first), ...(column === '' ? [] : [column.slice(0, second)]), label].join('_');
}
