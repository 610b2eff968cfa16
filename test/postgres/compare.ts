// Where a claim and an observation differ, in sentences.

import { isStronger } from '../../src/model/lock.ts';
import { isSameName, printName } from '../../src/model/names.ts';
import type { Step } from '../../src/model/timeline.ts';
import type { Observation, ObservedEffect } from './observation.ts';

/** Claims about indexes, whose names are given, have no counterpart in an observation. Empty where both agree. */
export function compare(step: Step, observation: Observation, outside: boolean, indexes: ReadonlySet<string>): string[] {
  const place = comparePlace(step, observation, outside);
  if (observation.kind === 'refused') return place;
  const claimed = step.effects.filter(({ lock, relation }) => isStronger(lock, 'ROW SHARE') && !indexes.has(printName(relation)));
  const names = [...observation.effects, ...claimed].map(({ relation }) => relation);
  const unique = names.filter((name, index) => names.findIndex((other) => isSameName(other, name)) === index);
  const effects = unique.flatMap((name) => {
    const isOfName = ({ relation }: ObservedEffect): boolean => isSameName(relation, name);
    const [left, right] = [printEffect(claimed.find(isOfName)), printEffect(observation.effects.find(isOfName))];
    return left === right ? [] : [`${printName(name)}: claimed ${left}, observed ${right}`];
  });
  return [...place, ...effects];
}

/** SQLSTATE 25001: active_sql_transaction. */
function comparePlace({ transaction }: Step, observation: Observation, outside: boolean): string[] {
  const isRefused = outside || (observation.kind === 'refused' && observation.code === '25001');
  if (isRefused === (transaction === 'forbidden')) return [];
  if (observation.kind === 'refused' && observation.code !== '25001') return [];
  return [`in a transaction: claimed ${isRefused ? 'allowed' : 'forbidden'}, observed ${isRefused ? 'forbidden' : 'allowed'}`];
}

function printEffect(effect: ObservedEffect | undefined): string {
  if (effect === undefined) return 'nothing';
  return effect.work.length === 0 ? effect.lock : `${effect.lock} with ${effect.work.join(', ')}`;
}
