// The shape of a block of code: what runs, what may run, and where it is left.

import type { Condition } from './condition.ts';

/** `T`: what it runs. */
export type BlockNode<T> =
  | { readonly kind: 'run'; readonly what: T }
  /** IF, CASE: the first arm whose condition is true. */
  | { readonly kind: 'choice'; readonly arms: readonly BlockArm<T>[] }
  /** BEGIN … EXCEPTION: where an error has one of the names, what was done is undone, and the handler goes on. */
  | { readonly kind: 'attempt'; readonly body: Block<T>; readonly handlers: readonly BlockHandler<T>[] }
  /** Any number of times, or not at all. */
  | { readonly kind: 'loop'; readonly body: Block<T> }
  /** The answer is kept for a condition further down. */
  | { readonly kind: 'ask'; readonly question: Condition }
  /** RETURN leaves all, EXIT and CONTINUE the loop, RAISE EXCEPTION is an error. */
  | { readonly kind: 'leave'; readonly what: 'all' | 'loop' | 'error' };

export type Block<T> = readonly BlockNode<T>[];

export interface BlockArm<T> {
  readonly condition: Condition;
  readonly body: Block<T>;
}

export interface BlockHandler<T> {
  /** `duplicate_object`, `others`, or a SQLSTATE. */
  readonly errors: readonly string[];
  readonly body: Block<T>;
}

/** The same shape with something else in it: one thing for another, several, or none. */
export function mapBlock<T, U>(block: Block<T>, map: (what: T) => readonly U[]): Block<U> {
  return block.flatMap((node): Block<U> => {
    switch (node.kind) {
      case 'run':
        return map(node.what).map((what) => ({ kind: 'run', what }));
      case 'choice':
        return [{ kind: 'choice', arms: node.arms.map(({ condition, body }) => ({ condition, body: mapBlock(body, map) })) }];
      case 'attempt': {
        const handlers = node.handlers.map(({ errors, body }) => ({ errors, body: mapBlock(body, map) }));
        return [{ kind: 'attempt', body: mapBlock(node.body, map), handlers }];
      }
      case 'loop':
        return [{ kind: 'loop', body: mapBlock(node.body, map) }];
      case 'ask':
      case 'leave':
        return [node];
    }
  });
}

/** All that it may run, in the order of its text. */
export function runsIn<T>(block: Block<T>): T[] {
  const found: T[] = [];
  mapBlock(block, (what) => (found.push(what), []));
  return found;
}

/** May it be that nothing behind it is reached, although nothing fails? What leaves a loop leaves no more than that. */
export function mayLeave<T>(node: BlockNode<T>, isInLoop = false): boolean {
  if (node.kind === 'run' || node.kind === 'ask') return false;
  if (node.kind === 'leave') return node.what === 'all' || (node.what === 'loop' && !isInLoop);
  const bodies = node.kind === 'choice' ? node.arms : node.kind === 'loop' ? [node] : [node, ...node.handlers];
  return bodies.some(({ body }) => body.some((inner) => mayLeave(inner, isInLoop || node.kind === 'loop')));
}

/** Does it always end in an error? */
export function isRefusal<T>(block: Block<T>): boolean {
  const isError = (node: BlockNode<T>): boolean => node.kind === 'leave' && node.what === 'error';
  const end = block.find((node) => isError(node) || mayLeave(node));
  return end !== undefined && isError(end);
}
