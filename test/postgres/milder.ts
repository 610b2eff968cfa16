// Whether a way to an end does less harm than another: nothing that the other does not do, and less of what the cured rules are about.

import { harms, type Harm, type Harms } from './harm.ts';

/** In sentences; `rules` are those whose findings the cure takes away. `given` is undefined where PostgreSQL refuses it. */
export function harmLeft(given: Harms | undefined, cured: Harms, rules: readonly string[]): readonly string[] {
  if (given === undefined) return standing(cured);
  const more = graver.flatMap((harm) => only(cured, given, harm).map((line) => `the cure brings harm, ${harm}: ${line}`));
  const about = rules.flatMap((rule): string[] => {
    const harm = harmOfRule[rule];
    if (harm === undefined) return [];
    if ((given.get(harm)?.size ?? 0) === 0) return [`what ${rule} finds does no harm: nothing is ${harm}`];
    return only(given, cured, harm).length > 0 ? [] : [`what ${rule} finds does as much harm when it is cured: ${harm}, ${[...(cured.get(harm) ?? [])].join('; ')}`];
  });
  const unlimited = rules.includes('missing-lock-timeout') ? [...(cured.get('waiting') ?? [])].map((line) => `nothing limits the wait: ${line}`) : [];
  return [...more, ...about, ...unlimited];
}

/** What a cure may not bring. It may shut a table for a moment that the other way left open, and wait for another one meanwhile: how long is limited. */
const graver = harms.filter((harm) => !['shut', 'shutting', 'slow', 'several'].includes(harm));

/** Where there is nothing to compare with. */
function standing(cured: Harms): readonly string[] {
  return (['worked', 'meanwhile', 'waiting'] as const).flatMap((harm) => [...(cured.get(harm) ?? [])].map((line) => `the cure brings harm, ${harm}: ${line}`));
}

function only(these: Harms, those: Harms, harm: Harm): readonly string[] {
  return [...(these.get(harm) ?? [])].filter((line) => those.get(harm)?.has(line) !== true);
}

/** What a rule about locks and waiting is about. */
const harmOfRule: Readonly<Record<string, Harm>> = {
  'blocking-index-drop': 'shutting',
  'blocking-partition-detach': 'shutting',
  'partition-created-in-place': 'shutting',
  'blocking-refresh': 'worked',
  'blocking-reindex': 'worked',
  'blocking-unique-constraint': 'worked',
  'non-concurrent-index': 'worked',
  'nullable-primary-key': 'worked',
  'rewriting-column': 'worked',
  'unexplained-blocking-work': 'worked',
  'unproven-not-null': 'worked',
  'unproven-partition': 'worked',
  'unsplit-constraint': 'worked',
  'volatile-default': 'worked',
  'work-while-locked': 'meanwhile',
  'several-tables-locked': 'several',
  'lock-upgrade': 'upgraded',
  'missing-lock-timeout': 'waiting',
  'ineffective-timeout': 'void',
  'long-lock-timeout': 'long',
  'missing-statement-timeout': 'slow',
  'interrupted-concurrent-build': 'interruptible',
  'unbatched-backfill': 'written',
  'nested-transaction': 'nested',
  'uncommitted-transaction': 'left-open',
};
