// A tool whose migrations are written in Ruby or Elixir, and what it takes to follow them.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import { mayBeDirective, type CodeComment, type CodeReading, type ReadCode, type Section } from '../reading/code-reading.ts';
import { runFunction } from '../tree/call.ts';
import { run } from '../tree/execute.ts';
import type { Position } from '../tree/position.ts';
import { Scene } from '../tree/scene.ts';
import { Scope } from '../tree/scope.ts';
import type { Handle, Value } from '../tree/value.ts';
import { parseBlocks } from './parse-blocks.ts';
import type { Language } from './tokens.ts';

/** `isReversed`: the tool itself makes the way down of what says how to go up, the last of it first. */
export interface Way {
  readonly direction: 'up' | 'down';
  readonly isReversed: boolean;
}

export interface BlocksTool {
  readonly language: Language;
  /** What a migration calls without saying of whom. `say`: it calls something of that name that says how the migration runs. */
  readonly self: (way: Way, say: (what: string) => void, code: string) => Handle;
  readonly isOutside: (said: ReadonlySet<string>) => boolean;
}

export function readBlocks({ language, self, isOutside }: BlocksTool): ReadCode {
  return ({ text }) => {
    const { body, comments } = parseBlocks(text, language);
    const said = new Set<string>();
    const positionIn = (way: Way, mode: TransactionMode): Position => ({
      scope: new Scope(undefined, 0),
      scene: new Scene(mode),
      text,
      world: { self: self(way, (what) => said.add(what), text), imported: () => undefined, called: () => undefined, reach: () => 'nothing', builtIn: () => undefined, shown: (constant) => (constant === null ? '' : String(constant)) },
    });
    const follow = (way: Way, name: string): readonly Section[] | undefined => {
      const around = positionIn(way, 'file');
      run(body, around);
      const found = wayIn(around.scope, name);
      if (found === undefined) return undefined;
      const scene = new Scene(isOutside(said) ? 'statement' : 'file');
      const work = (): void => void runFunction(found, [], { ...around, scene });
      if (way.isReversed) scene.reversed(work);
      else work();
      return scene.sections;
    };
    const up = follow({ direction: 'up', isReversed: false }, 'up') ?? follow({ direction: 'up', isReversed: false }, 'change');
    if (up === undefined) return unreadable('there is no function "up" or "change" in it');
    const down = follow({ direction: 'down', isReversed: false }, 'down') ?? follow({ direction: 'down', isReversed: true }, 'change');
    return { up, down: down ?? [], comments: comments.flatMap((span) => commentOf(span, text)) };
  };
}

/** In a class, or in one in it. */
function wayIn(scope: Scope, name: string): Extract<Value, { readonly kind: 'function' }> | undefined {
  const open = [...scope.names.values()];
  for (const value of open) {
    if (value.kind !== 'class') continue;
    const way = value.entries.get(name);
    if (way?.kind === 'function') return way;
    open.push(...value.entries.values());
  }
  return undefined;
}

function commentOf(place: Span, code: string): CodeComment[] {
  const text = code.slice(place.start, place.end);
  if (!mayBeDirective(text)) return [];
  const before = /^[#\s]*/.exec(text)?.[0].length ?? 0;
  return [{ words: { start: place.start + before, end: place.end }, place }];
}

function unreadable(why: string): CodeReading {
  return { up: [{ transaction: 'file', deeds: [{ kind: 'gap', why, place: { start: 0, end: 0 } }] }], down: [], comments: [] };
}
