// A tool whose migrations are modules of Python, and what it takes to follow them.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import type { CodeComment, CodeReading } from '../reading/code-reading.ts';
import { mayBeDirective } from '../reading/code-reading.ts';
import { run } from '../tree/execute.ts';
import type { Position, World } from '../tree/position.ts';
import { Scene } from '../tree/scene.ts';
import { Scope } from '../tree/scope.ts';
import { builtIn, isHarmless, unchangedBy } from './built-in-functions.ts';
import { parsePython } from './parse-python.ts';

export interface PythonTool {
  /** What something is that the tool brings; undefined: it is none of its. */
  readonly imported: World['imported'];
  readonly called: World['called'];
  /** Modules of which calls send nothing by themselves, beside those of Python. */
  readonly isHarmless: (path: string) => boolean;
}

/** A migration as its module leaves it. */
export interface PythonMigration {
  /** Names of the module. */
  readonly scope: Scope;
  /** Where its functions are followed, in transactions of that mode. */
  readonly positionIn: (mode: TransactionMode) => Position;
  readonly comments: readonly CodeComment[];
}

export function migrationIn(code: string, tool: PythonTool): PythonMigration {
  const { body, comments } = parsePython(code);
  const world: World = {
    imported: tool.imported,
    reach: (path) => (isHarmless(path) || tool.isHarmless(path) ? 'nothing' : 'anything'),
    called: (path, call, scene, of) => tool.called(path, call, scene, of) ?? unchangedBy(path, call),
    builtIn,
    shown: (constant) => (constant === null ? 'None' : constant === true ? 'True' : constant === false ? 'False' : String(constant)),
  };
  const scope = new Scope(undefined, 0);
  const positionIn = (mode: TransactionMode): Position => ({ scope, scene: new Scene(mode), text: code, world });
  run(body, positionIn('file'));
  return { scope, positionIn, comments: comments.flatMap((span) => commentOf(span, code)) };
}

function commentOf(place: Span, code: string): CodeComment[] {
  const text = code.slice(place.start, place.end);
  if (!mayBeDirective(text)) return [];
  const before = /^[#\s]*/.exec(text)?.[0].length ?? 0;
  return [{ words: { start: place.start + before, end: place.end }, place }];
}

export function unreadable(why: string, at = 0): CodeReading {
  return { up: [{ transaction: 'file', deeds: [{ kind: 'gap', why, place: { start: at, end: at } }] }], down: [], comments: [] };
}
