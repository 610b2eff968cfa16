// The file of table sizes: what one query prints with `psql --csv`.

import { UserError } from '../model/user-error.ts';

/** Total sizes of tables and materialized views with indexes and TOAST; of a partitioned table, those of its partitions together. */
export const tableSizesQuery = `SELECT n.nspname AS schema, c.relname AS table,
       coalesce((SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree(c.oid)),
                pg_total_relation_size(c.oid)) AS bytes
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
ORDER BY 1, 2`;

/** Bytes by `schema.name`. @throws UserError with the place of a line that is none. `path` is what it shows. */
export function parseTableSizes(text: string, path: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '' || (index === 0 && HEADER.test(line))) continue;
    const [, schema, name, bytes] = ROW.exec(line) ?? [];
    if (schema === undefined || name === undefined)
      throw new UserError('this must be a line such as public,orders,8192', { path, line: index + 1, column: 1 });
    sizes.set(`${unquoted(schema)}.${unquoted(name)}`, Number(bytes));
  }
  return sizes;
}

const HEADER = /^schema,table,bytes\s*$/i;
const FIELD = '("(?:[^"]|"")*"|[^",]+)';
const ROW = new RegExp(`^${FIELD},${FIELD},(\\d+)\\s*$`);

function unquoted(field: string): string {
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
}
