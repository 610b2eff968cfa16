// Values that the new type of a column does not hold.

import { sizesOf, type ColumnType } from '../../model/column-type.ts';
import type { Question } from '../../model/plan.ts';
import { quoted } from '../hand.ts';
import { rowsQuestion } from './questions.ts';
import type { Target } from './target.ts';

/** Empty where each value fits, and where it is not plain which ones do. */
export function fitQuestions(column: string, to: ColumnType, target: Target): readonly Question[] {
  const from = target.relation?.columns.get(column)?.type;
  const condition = from === undefined || from.isArray || to.isArray ? undefined : unfit(quoted(column), from, to);
  return condition === undefined ? [] : [rowsQuestion(`rows of ${target.sql} whose ${quoted(column)} does not fit the new type`, target, condition)];
}

function unfit(name: string, from: ColumnType, to: ColumnType): string | undefined {
  const [old, bits] = [integers[from.name.name], integers[to.name.name]];
  if (old !== undefined && bits !== undefined) return bits < old ? `${name} NOT BETWEEN ${-(2 ** (bits - 1))} AND ${2 ** (bits - 1) - 1}` : undefined;
  const [size] = sizesOf(to);
  const [before = Infinity] = sizesOf(from);
  return texts.has(from.name.name) && texts.has(to.name.name) && size !== undefined && size < before ? `length(${name}) > ${size}` : undefined;
}

/** By their bits. */
const integers: Readonly<Record<string, number>> = { int2: 16, int4: 32, int8: 64 };

const texts: ReadonlySet<string> = new Set(['text', 'varchar', 'bpchar']);
