// A tool whose migrations are scripts in JavaScript or TypeScript, and the reader that it takes to read them.

import type { Comment } from '@babel/types';
import type { TransactionMode } from '../../../model/migration.ts';
import type { CodeComment, CodeReading, CodeText, ReadCode, Section } from '../reading/code-reading.ts';
import { mayBeDirective } from '../reading/code-reading.ts';
import { sceneOf } from './execute.ts';
import { fileImports } from './files.ts';
import { functionIn, moduleOf, type Imports, type Module } from './module.ts';
import { parseScript } from './parse-script.ts';
import { settled, unknown, type MadeRecord, type Value } from './value.ts';

export interface ScriptTool {
  readonly up: string;
  readonly down: string;
  /** Its migrations are classes, whose methods the ways are; else it takes what the module exports. */
  readonly isOfClass: boolean;
  /** Of modules that migrations import. */
  readonly imports?: Imports;
  /** Made anew for each way. */
  readonly way: (migration: Migration) => Way;
}

/** The way up or down, as the tool takes it. */
export interface Way {
  /** What it hands to it, in the order of its parameters. */
  readonly parameters: readonly Value[];
  /** What the class has from the tool, by name. */
  readonly inherits?: Readonly<Record<string, Value>>;
  /** Asked when the way has been followed. */
  readonly transaction: () => TransactionMode;
}

export interface Migration {
  readonly file: CodeText;
  readonly module: Module;
  /** What has the ways: the class, or what the module exports. */
  readonly home: MadeRecord;
  /** What a function of the migration returns; undefined where there is none. */
  readonly returned: (name: string) => Value | undefined;
}

export function readScript(tool: ScriptTool): ReadCode {
  return (file) => {
    const script = parseScript(file.text, /\.[cm]?ts$/.test(file.name));
    if (script.kind === 'refused') return unreadable(`the script can't be read: ${script.message}`, script.at);
    const module = moduleOf(script.program, file.text, importsOf(tool, file));
    const home = tool.isOfClass ? module.classes.find((one) => functionIn(one, tool.up)) : module.exports;
    if (home === undefined || functionIn(home, tool.up) === undefined) return unreadable(`there is no function "${tool.up}" in it`, 0);
    const migration: Migration = { file, module, home, returned: (name) => returnedBy(home, name, file) };
    return {
      up: [sectionOf(tool, tool.up, migration)],
      down: functionIn(home, tool.down) ? [sectionOf(tool, tool.down, migration)] : [],
      comments: script.comments.flatMap(commentOf),
    };
  };
}

/** A script that is no more than run: what it does by itself is the way up. */
export function readProgram(imports: Imports): ReadCode {
  return (file) => {
    const script = parseScript(file.text, /\.[cm]?ts$/.test(file.name));
    if (script.kind === 'refused') return unreadable(`the script can't be read: ${script.message}`, script.at);
    const { deeds } = moduleOf(script.program, file.text, importsOf({ imports }, file));
    return { up: [{ transaction: 'statement', deeds }], down: [], comments: script.comments.flatMap(commentOf) };
  };
}

function importsOf({ imports }: Pick<ScriptTool, 'imports'>, file: CodeText): Imports {
  const files = fileImports(file);
  return (module, name) => imports?.(module, name) ?? files(module, name);
}

function unreadable(why: string, at: number): CodeReading {
  return { up: [{ transaction: 'file', deeds: [{ kind: 'gap', why, place: { start: at, end: at } }] }], down: [], comments: [] };
}

function returnedBy(home: MadeRecord, name: string, { text }: CodeText): Value | undefined {
  const called = functionIn(home, name);
  return called && sceneOf(text).call(called, [], home);
}

function sectionOf(tool: ScriptTool, name: string, migration: Migration): Section {
  const { home, file } = migration;
  const { parameters, inherits = {}, transaction } = tool.way(migration);
  const scene = sceneOf(file.text);
  const called = functionIn(home, name);
  const self: MadeRecord = { ...home, entries: new Map([...Object.entries(inherits), ...home.entries]) };
  if (called) settled(scene.call(called, parameters, self) ?? unknown, scene);
  return { transaction: transaction(), deeds: scene.deeds };
}

function commentOf({ value, start = 0, end = 0 }: Comment): CodeComment[] {
  if (!mayBeDirective(value)) return [];
  const before = /^[\s*]*/.exec(value)?.[0].length ?? 0;
  return [{ words: { start: start + 2 + before, end: start + 2 + value.trimEnd().length }, place: { start, end } }];
}
