// A name that no column of the table has.

import { truncateName } from '../../model/names.ts';
import type { Target } from './target.ts';

export function freshColumn(wanted: string, { relation }: Pick<Target, 'relation'>): string {
  let name = truncateName(wanted);
  for (let count = 1; relation?.columns.has(name); count += 1) name = `${truncateName(wanted, 63 - String(count).length)}${count}`;
  return name;
}
