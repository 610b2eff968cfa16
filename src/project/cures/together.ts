// Which cures are tried in one go: of one migration, those that have nothing to do with each other.

import { canBeJoined, isJoinable } from '../../cure/index.ts';
import type { CureLevel, Withheld } from '../../model/cure.ts';
import type { Manuscript } from './documents.ts';
import { ideaFor, type Idea, type Place } from './trial.ts';

/** `most`: cures at most. */
interface Choice {
  readonly isWished: (level: CureLevel) => boolean;
  readonly most: number;
}

/**
 * That of the first place, and others that are wished for as it is. What goes into further files keeps the order in which its statements stand: behind one that is left
 * for later, none of it is taken.
 */
export function togetherFrom([first, ...others]: readonly Place[], manuscript: Manuscript, { isWished, most }: Choice): readonly Idea[] | Withheld {
  const idea = first && ideaFor(first, manuscript);
  if (idea === undefined || 'why' in idea) return idea ?? [];
  const ideas = [idea];
  if (!canBeJoined(idea)) return ideas;
  const statements = new Set([idea.ailment.step]);
  let isOneLeft = false;
  for (const place of others) {
    if (ideas.length >= most) break;
    const other = ideaFor(place, manuscript);
    if (other === undefined || 'why' in other) continue;
    if (!canBeJoined(other)) break;
    if (isWished(other.cure.level) !== isWished(idea.cure.level)) continue;
    if (statements.has(other.ailment.step) || (isOneLeft && other.cure.further.length > 0)) {
      isOneLeft = true;
      continue;
    }
    if (!isJoinable([...ideas, other])) break;
    statements.add(other.ailment.step);
    ideas.push(other);
  }
  return ideas;
}
