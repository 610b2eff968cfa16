// What blocks nothing but small tables blocks them for a moment: it is information, with the reason.

import type { Draft, Severity } from '../model/finding.ts';
import type { RuleMeta } from '../model/rule.ts';
import { isBlocking, type Effect } from '../model/effect.ts';
import { printName } from '../model/names.ts';
import { printSize, type TableSizes } from '../model/table-sizes.ts';
import { list } from '../text/list.ts';

export interface Weight {
  readonly severity: Severity;
  readonly message: string;
}

/** A table whose size nobody says is large. */
export function weigh(draft: Draft, { category }: Pick<RuleMeta, 'category'>, severity: Severity, { sizes, small }: TableSizes): Weight {
  const { effects, held = [], message } = draft;
  if (sizes.size === 0 || severity === 'info' || (category !== 'locking' && category !== 'waiting')) return { severity, message };
  const blocked = new Set([...effects.filter(takesTime).map(({ relation }) => relation), ...held].map(printName));
  const sized = Array.from(blocked, (name) => ({ name, bytes: sizes.get(name) ?? Infinity }));
  if (sized.length === 0 || sized.some(({ bytes }) => bytes >= small)) return { severity, message };
  const reason = list(sized.map(({ name, bytes }) => `${name} holds ${printSize(bytes)}`));
  return { severity: 'info', message: `${message} (${reason})` };
}

/** Somebody waits for it, or for what is done with its rows. */
function takesTime(effect: Effect): boolean {
  return isBlocking(effect) || (!effect.new && effect.work.length > 0);
}
