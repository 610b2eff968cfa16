// ALTER COLUMN, as Sequelize writes it: all that the column is to be, in one message.
// Source: changeColumnQuery() in src/dialects/postgres/query-generator.js of its source, 6.37.

import { attributeOf, attributeSql, enumSql, mapped } from './attribute.ts';
import { enumName, quoted, tableOf } from './names.ts';
import type { Operation } from './operations.ts';

export const changedColumn: Operation = ([table, key, given]) => {
  const attribute = attributeOf(given);
  const name = String(key);
  const sql = attribute && attributeSql(attribute, table, name, false);
  if (attribute === undefined || sql === undefined || sql.includes('; COMMENT ')) return undefined;
  const { written } = tableOf(table);
  const alter = (words: string): string => `ALTER TABLE ${written} ALTER COLUMN ${words};`;
  const add = (words: string): string => `ALTER TABLE ${written}  ${words};`;
  const column = quoted(name);
  const parts: string[] = [];
  let definition = mapped(sql, table, name);
  const isReference = definition.includes('REFERENCES');
  if (definition.includes('NOT NULL')) {
    parts.push(alter(`${column} SET NOT NULL`));
    definition = definition.replace('NOT NULL', '').trim();
  } else if (!isReference) parts.push(alter(`${column} DROP NOT NULL`));
  const byDefault = /DEFAULT ([^;]+)/.exec(definition)?.[1];
  if (byDefault !== undefined) {
    parts.push(alter(`${column} SET DEFAULT ${byDefault}`));
    definition = definition.replace(/DEFAULT[^;]+/, '').trim();
  } else if (!isReference) parts.push(alter(`${column} DROP DEFAULT`));
  if (attribute.values) {
    parts.push(enumSql(attribute.values, table, name));
    definition += ` USING (${column}::${enumName(table, name)})`;
  }
  if (definition.endsWith('UNIQUE')) {
    definition = definition.slice(0, -'UNIQUE'.length);
    parts.push(add(`ADD UNIQUE (${column})`));
  }
  const at = definition.indexOf('REFERENCES');
  parts.push(at > 0 ? add(`ADD FOREIGN KEY (${column}) ${definition.slice(at)}`) : alter(`${column} TYPE ${definition}`));
  return [parts.join('')];
};
