// A script as others see it: what it exports, and the classes in it.

import type * as t from '@babel/types';
import type { Deed } from '../reading/code-reading.ts';
import { classOf } from './class.ts';
import { evaluate, entryOf, type Position } from './evaluate.ts';
import { here } from './files.ts';
import { run, sceneOf } from './execute.ts';
import { Scope } from './scope.ts';
import type { Handle, MadeRecord, Value } from './value.ts';

export interface Module {
  readonly exports: MadeRecord;
  readonly classes: readonly MadeRecord[];
  /** What it does by itself, when it is loaded. */
  readonly deeds: readonly Deed[];
}

/** What a module brings: by the name under which it exports it; `default` and `*` for all of it. */
export type Imports = (module: string, name: string) => Handle | undefined;

export function moduleOf(program: t.Program, text: string, imports: Imports): Module {
  const scope = new Scope();
  const scene = sceneOf(text);
  const position: Position = { scope, scene, text };
  const exports = recordOf();
  const module: MadeRecord = { kind: 'record', made: undefined, entries: new Map<string, Value>([['exports', exports]]), isWhole: false };
  scope.declare('module', module);
  scope.declare('exports', exports);
  scope.declare('require', requiring(imports));
  scope.declare('__dirname', here);
  for (const statement of program.body) if (statement.type === 'ImportDeclaration') bindImports(statement, imports, scope);
  run(program.body.flatMap(withoutExport), position);
  const assigned = module.entries.get('exports');
  const all = recordOf(assigned?.kind === 'record' ? assigned.entries : exports.entries);
  for (const statement of program.body) addExports(statement, all, position);
  const byDefault = all.entries.get('default');
  if (byDefault?.kind === 'record') for (const [name, value] of byDefault.entries) if (!all.entries.has(name)) all.entries.set(name, value);
  return { exports: all, classes: classesIn(program, all, assigned, scope), deeds: scene.deeds };
}

function recordOf(entries: ReadonlyMap<string, Value> = new Map()): MadeRecord {
  return { kind: 'record', made: undefined, entries: new Map(entries), isWhole: false };
}

function withoutExport(statement: t.Statement): t.Node[] {
  if (statement.type === 'ExportNamedDeclaration') return statement.declaration ? [statement.declaration] : [];
  if (statement.type === 'ExportDefaultDeclaration') return statement.declaration.type === 'ClassDeclaration' || statement.declaration.type === 'FunctionDeclaration' ? [statement.declaration] : [];
  return [statement];
}

function bindImports({ source, specifiers }: t.ImportDeclaration, imports: Imports, scope: Scope): void {
  for (const specifier of specifiers) {
    const name = specifier.type === 'ImportSpecifier' ? wordOf(specifier.imported) : specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*';
    const handle = imports(source.value, name);
    if (handle) scope.declare(specifier.local.name, handle);
  }
}

function wordOf(node: t.Identifier | t.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

/** `require('x')`, and what is taken from it. */
function requiring(imports: Imports): Handle {
  return {
    kind: 'handle',
    get: () => ({ kind: 'unknown' }),
    call: (_, { args: [module] }) => {
      const [piece] = module?.kind === 'text' ? module.pieces : [];
      return piece === undefined ? { kind: 'unknown' } : (imports(piece.text, '*') ?? { kind: 'unknown' });
    },
  };
}

function addExports(statement: t.Statement, { entries }: MadeRecord, position: Position): void {
  const { scope } = position;
  if (statement.type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    const name = 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : undefined;
    const value = declaration.type === 'ClassDeclaration' ? (scope.find(name ?? '') ?? classOf(declaration, position)) : declaration.type === 'FunctionDeclaration' ? scope.find(name ?? '') : evaluate(declaration, position);
    if (value) entries.set('default', value);
  }
  if (statement.type !== 'ExportNamedDeclaration') return;
  for (const specifier of statement.specifiers) {
    if (specifier.type === 'ExportSpecifier') setFrom(entries, wordOf(specifier.exported), scope, specifier.local.name);
  }
  const { declaration } = statement;
  if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') setFrom(entries, declaration.id?.name ?? '', scope, declaration.id?.name ?? '');
  if (declaration?.type === 'VariableDeclaration') {
    for (const { id } of declaration.declarations) if (id.type === 'Identifier') setFrom(entries, id.name, scope, id.name);
  }
}

function setFrom(entries: Map<string, Value>, name: string, scope: Scope, local: string): void {
  const value = scope.find(local);
  if (value) entries.set(name, value);
}

/** In the order of the text, and those that are exported without a name. */
function classesIn({ body }: t.Program, { entries }: MadeRecord, assigned: Value | undefined, scope: Scope): readonly MadeRecord[] {
  const named = body.flatMap(withoutExport).flatMap((statement) => (statement.type === 'ClassDeclaration' && statement.id ? (scope.find(statement.id.name) ?? []) : []));
  const all = new Set([...named, ...entries.values(), ...(assigned ? [assigned] : [])]);
  return [...all].flatMap((value) => (value.kind === 'record' && value.made !== undefined ? [value] : []));
}

/** A function of a module or a class, by the path of its name: `up`. */
export function functionIn(record: MadeRecord, name: string): Extract<Value, { readonly kind: 'function' }> | undefined {
  const value = entryOf(record, name);
  return value.kind === 'function' ? value : undefined;
}

