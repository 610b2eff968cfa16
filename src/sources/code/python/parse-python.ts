// Reads a module of Python into a tree. Source: docs.python.org/3/reference/grammar.html.

import type { Span } from '../../../text/span.ts';
import type { Context, Expression, Imported, Statement } from '../tree/tree.ts';
import { Cursor } from './cursor.ts';
import { readExpression, readExpressions, readParameters, readPattern } from './expressions.ts';
import { tokensOf } from './tokens.ts';

export interface PythonModule {
  readonly body: readonly Statement[];
  readonly comments: readonly Span[];
}

/** Total: a statement that can't be read is one that says so. */
export function parsePython(code: string): PythonModule {
  const { tokens, comments } = tokensOf(code);
  const cursor = new Cursor(code, tokens);
  const body: Statement[] = [];
  while (cursor.token.kind !== 'end') body.push(...readStatement(cursor));
  return { body, comments };
}

/** Of a line, several with semicolons between them. */
function readStatement(cursor: Cursor): readonly Statement[] {
  const { kind, place } = cursor.token;
  if (kind === 'line' || kind === 'dedent') {
    cursor.next();
    return [];
  }
  if (kind === 'indent') return readIndented(cursor);
  const compound = readCompound(cursor, place);
  if (compound) return compound;
  return readSimple(cursor);
}

function readSimple(cursor: Cursor): readonly Statement[] {
  const statements: Statement[] = [];
  let start = cursor.token.place;
  do {
    start = cursor.token.place;
    if (cursor.isAtLineEnd) break;
    statements.push(...readOne(cursor, start));
  } while (cursor.takes(';'));
  const { kind } = cursor.token;
  if (kind === 'line') cursor.next();
  if (cursor.isAtLineEnd || kind === 'line') return statements;
  skipLine(cursor);
  const line = cursor.since(start);
  readIndented(cursor);
  return [...statements.filter(({ place }) => place.start < start.start), unreadable(line)];
}

function skipLine(cursor: Cursor): void {
  while (cursor.token.kind !== 'line' && cursor.token.kind !== 'end') cursor.next();
  if (cursor.token.kind === 'line') cursor.next();
}

function readOne(cursor: Cursor, start: Span): readonly Statement[] {
  if (cursor.takes('pass')) return [];
  if (cursor.takes('break')) return [{ kind: 'leave', to: 'end', place: start }];
  if (cursor.takes('continue')) return [{ kind: 'leave', to: 'next', place: start }];
  if (cursor.takes('import')) return [{ kind: 'import', names: readModules(cursor), place: cursor.since(start) }];
  if (cursor.is(`from`)) return [{ kind: 'import', names: readNames(cursor), place: cursor.since(start) }];
  if (cursor.takes('return')) return [{ kind: 'return', value: isAtLineEnd(cursor) ? undefined : readExpressions(cursor), place: cursor.since(start) }];
  if (cursor.takes('raise')) {
    while (!isAtLineEnd(cursor)) cursor.next();
    return [{ kind: 'raise', place: start }];
  }
  if (cursor.takes('global', 'nonlocal', 'del')) {
    readExpressions(cursor);
    return [];
  }
  if (cursor.takes('assert')) return [{ kind: 'expression', value: readExpressions(cursor), place: cursor.since(start) }];
  return [readAssignment(cursor, start)];
}

function isAtLineEnd(cursor: Cursor): boolean {
  return cursor.isAtLineEnd || cursor.is(';');
}

function readAssignment(cursor: Cursor, start: Span): Statement {
  const first = readExpressions(cursor);
  if (cursor.takes(':')) {
    readExpression(cursor);
    if (!cursor.takes('=')) return { kind: 'expression', value: { kind: 'other', parts: [], place: start }, place: cursor.since(start) };
    return { kind: 'assignment', targets: [first], operator: '=', value: readExpressions(cursor), place: cursor.since(start) };
  }
  const { text } = cursor.token;
  if (cursor.takes('+=', '-=', '*=', '/=', '//=', '%=', '@=', '&=', '|=', '^=', '>>=', '<<=', '**=')) {
    return { kind: 'assignment', targets: [first], operator: text, value: readExpressions(cursor), place: cursor.since(start) };
  }
  const all = [first];
  while (cursor.takes('=')) all.push(readExpressions(cursor));
  const value = all.at(-1) ?? first;
  if (all.length === 1) return { kind: 'expression', value, place: cursor.since(start) };
  return { kind: 'assignment', targets: all.slice(0, -1), operator: '=', value, place: cursor.since(start) };
}

function readDotted(cursor: Cursor): string {
  let path = '';
  while (cursor.token.kind === 'name' ? !cursor.is('import', 'as') : cursor.is('.', '...')) path += cursor.next().text;
  return path;
}

/** `import a.b` makes `a` known, and `import a.b as c` makes `c`. */
function readModules(cursor: Cursor): readonly Imported[] {
  const names: Imported[] = [];
  do {
    const path = readDotted(cursor);
    const [first = ''] = path.split('.');
    names.push(cursor.takes('as') ? { path, name: cursor.next().text } : { path: first, name: first });
  } while (cursor.takes(','));
  return names;
}

function readNames(cursor: Cursor): readonly Imported[] {
  cursor.next();
  const path = readDotted(cursor);
  cursor.takes('import');
  cursor.takes('(');
  const names: Imported[] = [];
  while (cursor.token.kind === 'name') {
    const { text } = cursor.next();
    names.push({ path: `${path}.${text}`, name: cursor.takes('as') ? cursor.next().text : text });
    cursor.takes(',');
  }
  cursor.takes('*');
  cursor.takes(')');
  return names;
}

/** Undefined for what is no compound statement. */
function readCompound(cursor: Cursor, start: Span): readonly Statement[] | undefined {
  while (cursor.takes('@')) {
    readExpression(cursor);
    skipLine(cursor);
  }
  const isAsync = cursor.is('async') && cursor.peek(1).kind === 'name';
  if (isAsync) cursor.next();
  if (cursor.takes('def')) return [readFunction(cursor, start)];
  if (cursor.takes('class')) return [readClass(cursor, start)];
  if (cursor.takes('if')) return [readIf(cursor, start)];
  if (cursor.takes('for')) return [readFor(cursor, start)];
  if (cursor.takes('while')) {
    const test = readExpressions(cursor);
    return [{ kind: 'while', test, body: readBlock(cursor), place: start }, ...readElse(cursor)];
  }
  if (cursor.takes('try')) return [readTry(cursor, start)];
  if (cursor.takes('with')) return [readWith(cursor, start)];
  return undefined;
}

function readFunction(cursor: Cursor, start: Span): Statement {
  const name = cursor.next().text;
  skipTo(cursor, '(');
  const parameters = readParameters(cursor, ')');
  cursor.takes(')');
  if (cursor.takes('->')) readExpression(cursor);
  return { kind: 'function', name, made: { parameters, body: readBlock(cursor) }, place: start };
}

/** Behind the parameters of types. */
function skipTo(cursor: Cursor, mark: string): void {
  while (!isAtLineEnd(cursor) && !cursor.takes(mark)) cursor.next();
}

function readClass(cursor: Cursor, start: Span): Statement {
  const name = cursor.next().text;
  const bases: Expression[] = [];
  if (cursor.takes('(')) {
    while (!cursor.isAtLineEnd && !cursor.takes(')')) {
      bases.push(readExpression(cursor));
      if (cursor.takes('=')) readExpression(cursor);
      cursor.takes(',');
    }
  }
  return { kind: 'class', name, bases, body: readBlock(cursor), place: start };
}

function readIf(cursor: Cursor, start: Span): Statement {
  const test = readExpressions(cursor);
  const yes = readBlock(cursor);
  const elif = cursor.token.place;
  const no = cursor.takes('elif') ? [cursor.deeper(() => readIf(cursor, elif)) ?? unreadable(elif)] : readElse(cursor);
  return { kind: 'choice', test, yes, no, place: start };
}

function unreadable(place: Span): Statement {
  return { kind: 'unreadable', place };
}

function readElse(cursor: Cursor): readonly Statement[] {
  return cursor.takes('else') ? readBlock(cursor) : [];
}

function readFor(cursor: Cursor, start: Span): Statement {
  const pattern = readPattern(cursor);
  cursor.takes('in');
  const of = readExpressions(cursor);
  const body = readBlock(cursor);
  return { kind: 'each', pattern, of, body, behind: readElse(cursor), place: start };
}

function readTry(cursor: Cursor, start: Span): Statement {
  const body = readBlock(cursor);
  const handlers: (readonly Statement[])[] = [];
  while (cursor.takes('except')) {
    cursor.takes('*');
    if (!cursor.is(':')) readExpressions(cursor);
    if (cursor.takes('as')) cursor.next();
    handlers.push(readBlock(cursor));
  }
  const otherwise = readElse(cursor);
  const behind = cursor.takes('finally') ? readBlock(cursor) : [];
  return { kind: 'attempt', body: [...body, ...otherwise], handlers, behind, place: start };
}

function readWith(cursor: Cursor, start: Span): Statement {
  const isInBrackets = cursor.is('(') && hasNamesInBrackets(cursor);
  if (isInBrackets) cursor.next();
  const contexts: Context[] = [];
  do {
    if (cursor.is(')')) break;
    const value = readExpression(cursor);
    contexts.push({ value, target: cursor.takes('as') ? readTarget(cursor) : undefined });
  } while (cursor.takes(','));
  if (isInBrackets) cursor.takes(')');
  return { kind: 'within', contexts, body: readBlock(cursor), place: start };
}

/** Brackets around contexts end before the colon. */
function hasNamesInBrackets(cursor: Cursor): boolean {
  let open = 0;
  for (let ahead = 0; ahead < 2000; ahead += 1) {
    const { text, kind } = cursor.peek(ahead);
    if (kind === 'end' || kind === 'line') return false;
    if (kind === 'mark' && /^[([{]$/.test(text)) open += 1;
    if (kind === 'mark' && /^[)\]}]$/.test(text)) open -= 1;
    if (open === 0) return cursor.peek(ahead + 1).text === ':';
  }
  return false;
}

function readTarget(cursor: Cursor): Expression {
  const { text, place } = cursor.next();
  return { kind: 'name', name: text, place };
}

/** Behind a colon: the rest of the line, or the lines that are indented. */
function readBlock(cursor: Cursor): readonly Statement[] {
  if (!cursor.takes(':')) {
    const { place } = cursor.token;
    skipLine(cursor);
    const line = cursor.since(place);
    readIndented(cursor);
    return [unreadable(line)];
  }
  if (cursor.token.kind !== 'line') return readSimple(cursor);
  cursor.next();
  return readIndented(cursor);
}

function readIndented(cursor: Cursor): readonly Statement[] {
  if (cursor.token.kind !== 'indent') return [];
  const { place } = cursor.next();
  const body = cursor.deeper(() => {
    const statements: Statement[] = [];
    while (cursor.token.kind !== 'end' && cursor.token.kind !== 'dedent') statements.push(...readStatement(cursor));
    if (cursor.token.kind === 'dedent') cursor.next();
    return statements;
  });
  if (body) return body;
  skipBlock(cursor);
  return [unreadable(place)];
}

function skipBlock(cursor: Cursor): void {
  for (let open = 1; open > 0 && cursor.token.kind !== 'end'; ) {
    const { kind } = cursor.next();
    open += kind === 'indent' ? 1 : kind === 'dedent' ? -1 : 0;
  }
}
