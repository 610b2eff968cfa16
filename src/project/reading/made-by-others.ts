// What the other histories of a run make: they may be of one database, so that a history may find it there.

import { inputOf, type ChosenHistory, type Texts } from './chosen-history.ts';

/** Names without schema of the relations, types, functions and schemas, by history; nothing is read where there is one history alone. */
export function madeByOthers(histories: readonly ChosenHistory[], texts: Texts): (history: ChosenHistory) => ReadonlySet<string> {
  if (histories.length < 2) return () => new Set();
  const made = new Map(histories.map((history) => [history, madeIn(history, texts)]));
  const makers = new Map<string, number>();
  for (const name of [...made.values()].flatMap((names) => [...names])) makers.set(name, (makers.get(name) ?? 0) + 1);
  return (history) => new Set([...makers].flatMap(([name, count]) => (count > (made.get(history)?.has(name) === true ? 1 : 0) ? [name] : [])));
}

/** By what the texts say, in comments and strings too. */
function madeIn(history: ChosenHistory, texts: Texts): ReadonlySet<string> {
  const names = history.files.flatMap((file) => [...inputOf(file, texts, history).read.text.matchAll(making)].map(([, name = '']) => simpleName(name)));
  return new Set(names);
}

const making =
  /\bcreate\s{1,9}(?:or\s{1,9}replace\s{1,9})?(?:\w{1,12}\s{1,9}){0,2}?(?:table|view|type|domain|sequence|function|procedure|schema)\s{1,9}(?:if\s{1,9}not\s{1,9}exists\s{1,9})?([\w$."]{1,200})/gi;

/** `"Shop"."Orders"` → `Orders`, `shop.Orders` → `orders`. */
function simpleName(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return last.startsWith('"') ? last.replaceAll('"', '') : last.toLowerCase();
}
