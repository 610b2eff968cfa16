// ALTER COLUMN, as node-pg-migrate writes it.
// Source: src/operations/tables/alterColumn.ts of its source, 8.0.

import { isRecord } from '../../script/plain-value.ts';
import { commentOn, identityOf } from './columns.ts';
import { escaped, quoted } from './literals.ts';
import { formatted, recordOf, type Operation } from './operation.ts';
import { adapted } from './types.ts';

export const alteredColumn: Operation = ([table, column, more], shorthands) => {
  const { default: byDefault, type, collation, using, notNull, allowNull, comment, sequenceGenerated, expressionGenerated } = recordOf(more);
  const actions = [
    byDefault === undefined ? '' : byDefault === null ? 'DROP DEFAULT' : `SET DEFAULT ${escaped(byDefault)}`,
    type ? `SET DATA TYPE ${String(adapted(type))}${collation ? ` COLLATE ${String(collation)}` : ''}${using ? ` USING ${String(using)}` : ''}` : '',
    notNull ? 'SET NOT NULL' : notNull === false || allowNull ? 'DROP NOT NULL' : '',
    isRecord(sequenceGenerated) ? `ADD ${identityOf(sequenceGenerated, shorthands)}` : sequenceGenerated === undefined ? '' : 'DROP IDENTITY',
    typeof expressionGenerated === 'string' ? `SET EXPRESSION AS (${expressionGenerated})` : expressionGenerated === null ? 'DROP EXPRESSION' : '',
  ].filter((action) => action !== '');
  const alter = actions.length === 0 ? [] : [`ALTER TABLE ${quoted(table)}\n${formatted(actions, `  ALTER ${quoted(column)} `)};`];
  const all = [...alter, ...(comment === undefined ? [] : [commentOn('COLUMN', `${quoted(table)}.${quoted(column)}`, comment)])];
  return all.length === 0 ? [] : [all.join('\n')];
};
