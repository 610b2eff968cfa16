// Keeps one comment of a pull request up to date: it is made where there is something to say, written anew where that changes, and never there twice.

import type { KeptFinding } from '../model/kept-finding.ts';
import { bodyOf, markerOf } from './body.ts';
import type { Forge } from './forge.ts';
import { goneSince, hiddenState, stateIn } from './state.ts';

export interface Told {
  /** Tells this check from others of the same pull request; letters and digits. */
  readonly key: string;
  /** What is reported, the gravest first. */
  readonly found: readonly KeptFinding[];
  /** What is there and not reported, so it is not gone. */
  readonly heldBack: readonly KeptFinding[];
  /** Nobody has to read a first comment. */
  readonly isWell: boolean;
  /** `gone`: what was found before the last push, and is no more. */
  readonly textOf: (gone: readonly KeptFinding[]) => string;
}

/** Throws a `Refusal` where the forge does not let it. */
export async function keepComment(forge: Forge, { key, found, heldBack, isWell, textOf }: Told): Promise<void> {
  const marker = markerOf(key);
  const [first, ...others] = await forge.own(marker);
  if (first === undefined && isWell) return;
  const state = first && stateIn(first.body);
  const gone = state === undefined ? [] : goneSince(state, forge.head, [...found, ...heldBack]);
  const text = textOf(gone);
  const bodyAt = (head: string): string => bodyOf(marker, text, hiddenState({ head, found, gone }), forge.room);
  if (first === undefined) await forge.create(bodyAt(forge.head));
  // Where a push changes nothing of what is said, the push before is as good to remember.
  else if (!isSame(first.body, bodyAt(state?.head ?? ''))) await forge.update(first.id, bodyAt(forge.head));
  // Two runs may have begun at once.
  for (const { id } of others) await forge.remove(id);
}

/** A forge may keep line ends and the last one in its own way. */
function isSame(left: string, right: string): boolean {
  const [one, other] = [left, right].map((text) => text.replaceAll('\r\n', '\n').trim());
  return one === other;
}
