// The name of a relation in a string, as regclass reads it: `orders`, `app.orders`, `"Orders"`.

import { truncateName, type RelationName } from '../../../../model/names.ts';

/** Undefined where it is none that can be read. */
export function regclassName(text: string): RelationName | undefined {
  const parts = Array.from(text.matchAll(/\s*(?:"((?:[^"]|"")+)"|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*))\s*(\.|$)/gy));
  const length = parts.reduce((sum, [part]) => sum + part.length, 0);
  if (length !== text.length || parts.length === 0 || parts.length > 2 || parts.at(-1)?.[3] === '.') return undefined;
  const names = parts.map(([, quoted, plain = '']) => truncateName(quoted?.replaceAll('""', '"') ?? plain.toLowerCase()));
  return { schema: names.at(-2), name: names.at(-1) ?? '' };
}
