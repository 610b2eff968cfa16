// What `change_table … bulk: true` puts into one ALTER TABLE. Source: bulk_change_table in
// activerecord/lib/active_record/connection_adapters/abstract/schema_statements.rb of Rails 8.0.

import { isTrue } from '../../tree/options.ts';
import { altered, alters } from './alterations.ts';
import { joined, type Context, type Sent } from './operation.ts';
import { operations } from './operations.ts';
import type { Command } from './reversal.ts';

/** Undefined: something is not understood. */
export function inBulk(table: string, commands: readonly Command[], context: Context): readonly Sent[] | undefined {
  const sent: (readonly Sent[] | undefined)[] = [];
  let [clauses, behind]: [readonly string[], readonly Sent[]] = [[], []];
  const flush = (): void => {
    sent.push(clauses.length > 0 ? altered(table, { clauses, behind: [] }) : [], behind);
    [clauses, behind] = [[], []];
  };
  for (const { name, given } of commands) {
    const alter = alters.get(name);
    const isLate = name === 'change_column_null' && isTrue(given.args[3]);
    const alteration = isLate ? undefined : alter?.(given, context.version);
    if (isLate) behind = [...behind, ...(operations.get(name)?.(given, context) ?? [])];
    else if (alteration) [clauses, behind] = [[...clauses, ...alteration.clauses], [...behind, ...alteration.behind]];
    else {
      flush();
      sent.push(alter ? undefined : operations.get(name)?.(given, context));
    }
  }
  flush();
  return joined(sent);
}
