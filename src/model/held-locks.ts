// The locks that a transaction holds on relations in use. They never change: each statement makes the next ones.

import type { Span } from '../text/span.ts';
import { isStronger, type LockMode } from './lock.ts';
import { isSameName, printName, type QualifiedName } from './names.ts';
import { PersistentList } from './persistent-list.ts';
import { PersistentMap } from './persistent-map.ts';

export interface HeldLock {
  /** As it is called by now. */
  readonly relation: QualifiedName;
  /** It is an index: the lock keeps others out of its table, which history may not show. */
  readonly isIndex: boolean;
  readonly mode: LockMode;
  /** The statement that took it. */
  readonly since: Span;
}

interface Parts {
  /** By the name of the relation, in the order in which they were taken. */
  readonly byRelation: PersistentMap<readonly HeldLock[]>;
  /** The names of the tables at the top of the partition trees in which something was locked. */
  readonly trees: PersistentMap<true>;
  readonly strong: PersistentList<HeldLock>;
}

export class HeldLocks {
  static readonly none = new HeldLocks({ byRelation: PersistentMap.empty(), trees: PersistentMap.empty(), strong: PersistentList.empty() });

  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Those on one relation, in the order in which they were taken. */
  on(relation: QualifiedName): readonly HeldLock[] {
    return this.#parts.byRelation.get(printName(relation)) ?? [];
  }

  get hasStrong(): boolean {
    return this.#parts.strong.length > 0;
  }

  /** SHARE ROW EXCLUSIVE and stronger, in the order in which they were taken. */
  strong(): HeldLock[] {
    return this.#parts.strong.values();
  }

  /** Is one held on a table, or on another part of its partition tree? `root`: the top of that. */
  isTreeLocked(root: QualifiedName): boolean {
    return this.#parts.trees.has(printName(root));
  }

  /** `root`: see `isTreeLocked`. */
  with(lock: HeldLock, root: QualifiedName): HeldLocks {
    const { byRelation, trees, strong } = this.#parts;
    const locks = [...this.on(lock.relation), lock];
    return new HeldLocks({
      byRelation: byRelation.with(printName(lock.relation), locks),
      trees: trees.with(printName(root), true),
      strong: isStronger(lock.mode, 'SHARE') ? strong.with(strong.length, lock) : strong,
    });
  }

  /** On a relation that is called otherwise from now on; undefined: that was dropped, so that nobody waits for it any more. */
  follow(relation: QualifiedName, to: QualifiedName | undefined): HeldLocks {
    const moved = this.on(relation);
    if (moved.length === 0) return this;
    const others = this.#parts.byRelation.without(printName(relation));
    const renamed = (lock: HeldLock): HeldLock[] => (to === undefined ? [] : [{ ...lock, relation: to }]);
    const byRelation = to === undefined ? others : others.with(printName(to), moved.flatMap(renamed));
    const strong = PersistentList.of(this.strong().flatMap((lock) => (isSameName(lock.relation, relation) ? renamed(lock) : [lock])));
    const trees = to && this.isTreeLocked(relation) ? this.#parts.trees.with(printName(to), true) : this.#parts.trees;
    return new HeldLocks({ byRelation, trees, strong });
  }

  /** Those of both: they may be held. */
  or(other: HeldLocks): HeldLocks {
    if (other === this) return this;
    const { byRelation, trees } = this.#parts;
    const theirs = other.#parts;
    const locks = byRelation.keysThatDiffer(theirs.byRelation).reduce((map, name) => {
      const mine = map.get(name) ?? [];
      return map.with(name, [...mine, ...(theirs.byRelation.get(name) ?? []).filter((lock) => !mine.includes(lock))]);
    }, byRelation);
    const own = new Set(this.#parts.strong.unshared(theirs.strong));
    const added = theirs.strong.unshared(this.#parts.strong).filter((lock) => !own.has(lock));
    return new HeldLocks({
      byRelation: locks,
      trees: trees.keysThatDiffer(theirs.trees).reduce((map, name) => map.with(name, true), trees),
      strong: added.reduce((all, lock) => all.with(all.length, lock), this.#parts.strong),
    });
  }
}
