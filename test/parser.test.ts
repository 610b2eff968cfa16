// From text to statements: the lexer, the splitting, both front ends, and what becomes of text that is none of theirs.

import { loadModule, scanSync } from 'libpg-query';
import { printName, type RelationName } from '../src/model/names.ts';
import type { Statement } from '../src/model/statement.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import type { ParsedText, Parser } from '../src/parser/parser.ts';
import { loadReader } from '../src/parser/portable/load.ts';
import { portableParser } from '../src/parser/portable/parse.ts';
import { anyDialect } from '../src/model/dialect.ts';
import { withoutPsql } from '../src/parser/psql.ts';
import { features, newerSettings } from '../src/postgres/features.ts';
import { SourceText } from '../src/text/source-text.ts';
import { contains, type Span } from '../src/text/span.ts';
import { splitStatements } from '../src/text/split-statements.ts';
import { sqlTokens, type Token } from '../src/text/sql-tokens.ts';
import { utf8Offsets } from '../src/text/utf8-offsets.ts';
import { filesBelow, parseFixture, read } from './fixture.ts';

let portable: Parser;
let libpg: Parser;

beforeAll(async () => {
  await loadModule();
  libpg = libpgParser(await loadGrammar());
  portable = portableParser(await loadReader());
});

/** Those of plans hold what is said about steps too, and one of cures the plan of Sqitch. */
const fixtures = filesBelow('fixtures', '.sql').filter((path) => !/^fixtures\/(?:plans\/|cures\/sqitch\.sql$)/.test(path));

function textsOf(fixture: string): string[] {
  return parseFixture(read(fixture)).migrations.map(({ sql }) => sql);
}

function parse(parser: Parser, text: string): ParsedText {
  return parser.parse(new SourceText('migration.sql', text));
}

describe('every statement has its words', () => {
  const families = filesBelow('fixtures/parser', '.sql').filter((fixture) => read(fixture).includes('\n--> '));

  test.each(families)('%s', (fixture) => {
    const text = read(fixture);
    const expected = text.split('\n').filter((line) => line.startsWith('--> ') || line.startsWith('--! '));
    expect(expected).toEqual(wordsOf(parse(libpg, text)));
  });
});

describe('every feature of a newer version is known', () => {
  const fixtures = filesBelow('fixtures/versions', '.sql');
  const featureWords = ({ features }: Statement): string[] => features.map(({ name, since }) => `--> ${since} ${name}`);
  const said = (fixture: string): string[] => read(fixture).split('\n').filter((line) => line.startsWith('--> '));

  test.each(fixtures)('%s', (fixture) => {
    expect(parse(libpg, read(fixture)).statements.flatMap(featureWords)).toEqual(said(fixture));
  });

  test('all of them are proven by a fixture', () => {
    const known = Object.entries(features).map(([name, since]) => `--> ${since} ${name}`);
    const settings = Object.entries(newerSettings).map(([name, since]) => `--> ${since} the setting ${name}`);
    const proven = fixtures.flatMap(said);
    expect([...known, ...settings].filter((line) => !proven.includes(line))).toEqual([]);
  });
});

/** One line for each statement and each problem, in their order. */
function wordsOf({ statements, problems }: ParsedText): string[] {
  const lines = [
    ...statements.map((statement) => ({ start: statement.span.start, line: `--> ${statementWords(statement)}` })),
    ...problems.map(({ span, message }) => ({ start: span.start, line: `--! ${message}` })),
  ];
  return lines.toSorted((left, right) => left.start - right.start).map(({ line }) => line);
}

function statementWords(statement: Statement): string {
  const mayNotRun = statement.isConditional ? ['may not run'] : [];
  if (statement.kind === 'schema') return [statement.command, ...mayNotRun, ...statement.changes.map(itemWords)].join(' | ');
  const { command, features: _, usage: __, leaves: ___, prepares: ____, ...item } = statement;
  return `${command} | ${itemWords(item)}`;
}

function itemWords({ kind, span: _, ...fields }: { readonly kind: string; readonly span: Span }): string {
  return [kind, fieldWords(fields)].filter((word) => word !== '').join(' ');
}

/** Without what is false, undefined or empty, and what is used beside. */
function fieldWords(fields: object): string {
  const isSaid = (value: unknown): boolean =>
    value !== false && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  const said = Object.entries(fields).filter(([name, value]) => name !== 'usage' && isSaid(value));
  return said.map(([name, value]) => (value === true ? name : `${name}=${valueWords(value)}`)).join(' ');
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueWords).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return /^[\w.-]+$/.test(String(value)) ? String(value) : JSON.stringify(value);
  return isName(value) ? printName(value) : `{${fieldWords(value)}}`;
}

function isName(value: object): value is RelationName {
  return Object.keys(value).toSorted().join() === 'name,schema';
}

describe('spans are exact', () => {
  test.each([
    "⟦SELECT '😀'⟧;\r\n⟦ALTER TABLE 注文 «ADD COLUMN é text DEFAULT '😀, ,'»,\r\n\t«DROP COLUMN 備考»⟧ ; ⟦SELECT '注文'⟧",
    '-- 注文 😀\r⟦ALTER TABLE sales . orders * -- ,\n «ADD a int CHECK (a IN (1, 2))» , /* ; */ «DROP b»⟧ /* , */ -- end\n;',
    '\t⟦ALTER TABLE ONLY "a,b"."c;d"\n «ADD e int[] DEFAULT ARRAY[1, 2]», «ALTER f TYPE text USING g(h, i)»⟧',
    '⟦ALTER INDEX by_total «SET (fillfactor = 70, deduplicate_items = off)»⟧;;; ⟦ALTER VIEW v «ALTER a DROP DEFAULT»⟧',
    '\uFEFF⟦ALTER TABLE ONLY (orders) «ADD a int», «ADD b int»⟧',
    '⟦SELECT 1⟧; ‹SELEC 2›; ⟦SELECT 3⟧',
    "⟦SELECT '😀'⟧; SELECT '注', ‹FROM FROM›; ⟦SELECT '😀' AS 注⟧",
    "⟦SELECT 1⟧; SELECT '注' ‹\0, 2›; ⟦SELECT 3⟧",
  ])('%s', (marked) => expectMarks(libpg, marked));

  test('a comment without an end is a problem, and what stands before it is read', () => {
    for (const parser of [libpg, portable]) expectMarks(parser, '⟦SELECT 1⟧; /* /* */ */ ⟦SELECT 2⟧ ‹/* SELECT /* 3 */; -- ›');
  });

  test('a statement too deep for the stack is one problem', () => {
    for (const parser of [libpg, portable]) expectMarks(parser, `⟦SELECT 1⟧; ‹SELECT ${'1 + '.repeat(5000)}1›; ⟦SELECT 3⟧`);
  });

  test.each(fixtures)('%s', (fixture) => {
    for (const text of textsOf(fixture)) for (const parser of [libpg, portable]) expectInOrder(text, parse(parser, text));
  });

  test.each(['alter-table', 'data', 'recovery', 'psql'])('whatever is missing at the end of %s', (name) => {
    const text = read(`fixtures/parser/${name}.sql`).slice(0, 1200);
    for (let end = 0; end < text.length; end += 5) {
      const prefix = text.slice(0, end);
      for (const parser of [libpg, portable]) expectInOrder(prefix, parse(parser, prefix));
    }
  });
});

/** ⟦a statement⟧, «an action in it», ‹a problem›: the text marked where the spans are looks as it was given. */
function expectMarks(parser: Parser, marked: string): void {
  const text = marked.replaceAll(/[⟦⟧«»‹›]/g, '');
  const { statements, problems } = parse(parser, text);
  const marks = statements.flatMap((statement) => {
    const changes = statement.kind === 'schema' ? statement.changes : [];
    const actions = changes.filter(({ span }) => !isSame(span, statement.span));
    return [...marksAt(statement.span, '⟦⟧'), ...actions.flatMap(({ span }) => marksAt(span, '«»'))];
  });
  marks.push(...problems.flatMap(({ span }) => marksAt(span, '‹›')));
  const order = '»⟧›‹⟦«';
  marks.sort((left, right) => right.offset - left.offset || order.indexOf(right.mark) - order.indexOf(left.mark));
  expect(marks.reduce((result, { offset, mark }) => result.slice(0, offset) + mark + result.slice(offset), text)).toBe(marked);
}

function marksAt({ start, end }: Span, [open = '', close = '']: string): { readonly offset: number; readonly mark: string }[] {
  return [
    { offset: start, mark: open },
    { offset: end, mark: close },
  ];
}

function isSame(left: Span, right: Span): boolean {
  return left.start === right.start && left.end === right.end;
}

function expectInOrder(text: string, { statements, problems }: ParsedText): void {
  const whole = { start: 0, end: text.length };
  let end = 0;
  for (const { span } of statements) {
    expect(span.start).toBeGreaterThanOrEqual(end);
    expect(text.slice(span.start, span.end)).toBe(text.slice(span.start, span.end).trim());
    ({ end } = span);
  }
  for (const { span } of problems) expect(contains(whole, span) && span.start < span.end).toBe(true);
  for (const statement of statements) {
    expect(contains(whole, statement.span)).toBe(true);
    if (statement.kind === 'schema') for (const { span } of statement.changes) expect(contains(statement.span, span)).toBe(true);
  }
}

describe('both front ends say the same', () => {
  test.each(fixtures)('%s', (fixture) => {
    for (const text of textsOf(fixture)) {
      const authority = parse(libpg, text).statements;
      const sameAt = (span: Span): Statement | undefined => authority.find((statement) => isSame(statement.span, span));
      const { statements } = parse(portable, text);
      expect(statements.map(comparable)).toEqual(statements.map(({ span }) => comparable(sameAt(span))));
    }
  });

  /**
   * The portable one leaves whatever code may hang on to the other, so nothing that it reads runs any. It does not say which names have to
   * be there, nor which type an expression has, nor by which casts: rules that need them are silent.
   */
  const left: ReadonlySet<string> = new Set(['usage', 'leaves', 'mentions', 'gives', 'cast']);

  function comparable(part: unknown): unknown {
    if (Array.isArray(part)) return part.map(comparable);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).flatMap(([key, value]) => (left.has(key) ? [] : [[key, comparable(value)]])));
  }

  const lines = read('fixtures/parser/portable.sql')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('--'));
  /** No scanner of PostgreSQL takes these, so they are in no fixture. */
  const forms = [...lines, 'SELECT 123abc; -- unread', 'SELECT 0x; -- unread'];

  test.each(forms)('%s', (form) => {
    expect(parse(portable, form).problems).toHaveLength(form.endsWith('-- unread') ? 1 : 0);
  });

  test('what the portable one does not read is a problem where it stands', () => {
    expectMarks(portable, '⟦SELECT 1⟧; ‹VACUUM orders› -- all\n; ⟦ALTER TABLE orders /* 注 */ «ADD a int», «DROP b»⟧');
    expectMarks(portable, "‹ALTER TABLE 注 ADD a int›; ⟦SELECT '注'⟧; ‹SELECT 'open;›");
  });
});

describe("the lexer cuts as PostgreSQL's scanner", () => {
  test.each(fixtures)('%s', (fixture) => {
    for (const text of textsOf(fixture)) expectSameTokens(withoutPsql(text, anyDialect).text);
  });

  test.each([
    "SELECT 'it''s', '', '''', 'a\\', 'b'",
    "SELECT E'it\\'s', e'a\\\\', E'''', E'\\\\' 'x'",
    "SELECT 'a'\n  'b', 'c'\r\n\t'd', E'e'\n'f\\'g'",
    "SELECT 'a' 'b', 'a' /* no */\n'b'",
    "SELECT U&'\\0041' UESCAPE '!', u&\"d!0061t\" UESCAPE '!', U & \"x\", B'01', x'1F', N'a', b 'x'",
    'SELECT "a""b", "a\'b", "--", "/*"',
    'SELECT $$a$$, $x$ $$ $y$ $x$, $é$a$é$, $1, $12::int, a$b$c, $x',
    'SELECT 1, 1., .5, 1.5, 1e10, 1E-3, 1.e5, .5e+2, 1_000, 0x1F, 0o17, 0b01, 0X_1f, 1e1_0',
    'FOR i IN 1..2 LOOP a[1:2], a.b, a . b, 1.5.x',
    'SELECT été, 注文, "注文", 😀, a😀b, _x, x1$',
    'SELECT a/*x*/b, /* a /* b */ c */, /**/ /***/ /*/ */ */, a--b\n-c, a - -1 --',
    'SELECT a+--x\nb, a*/*x*/b, a<=b, a->>b, a||b, a::b, a:=b, a=>b, a!=-1',
    'SELECT 1\r\n-- one\r-- two\r\n;\tSELECT\f2\v;',
    'CREATE FUNCTION f() RETURNS text AS \'a;b\' LANGUAGE sql; SELECT "a;b"; -- a;b',
  ])('%s', (text) => expectSameTokens(text));
});

/** By the numbers of PostgreSQL's tokens; keywords have their own. Source: pg_query.proto. */
const tokenKinds: Readonly<Record<number, Token['kind']>> = {
  258: 'word',
  259: 'quoted-name',
  260: 'number',
  261: 'string',
  262: 'string',
  263: 'string',
  264: 'string',
  266: 'number',
  275: 'comment',
  276: 'comment',
};

/** Operators are left out: the lexer yields them character by character. */
function expectSameTokens(text: string): void {
  const tokens = [...sqlTokens(text)];
  if (tokens.at(-1)?.unterminated) return expect(() => scanSync(text)).toThrow('unterminat');
  const offset = utf8Offsets(text);
  const scanned = scanSync(text).tokens.flatMap(({ start, end, tokenType, keywordKind }) => {
    const name = text[offset(start)] === '"' ? 'quoted-name' : tokenKinds[tokenType];
    const kind = keywordKind > 0 ? 'word' : name;
    return kind ? [{ kind, text: text.slice(offset(start), offset(end)) }] : [];
  });
  const cut = tokens.filter(({ kind }) => kind !== 'symbol');
  expect(cut.map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) }))).toEqual(scanned);
}

describe('splitting finds the statements of the grammar', () => {
  test.each(fixtures)('%s', (fixture) => {
    textsOf(fixture).forEach(expectSameStatements);
  });

  test.each([
    'CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 END; SELECT 2; END; SELECT 3',
    'CREATE OR REPLACE PROCEDURE p() LANGUAGE SQL BEGIN ATOMIC INSERT INTO orders VALUES (1); DELETE FROM orders; END;;SELECT 3',
    'CREATE FUNCTION f() RETURNS int RETURN CASE WHEN true THEN 1 END; BEGIN; END; CREATE TABLE "begin" (atomic int)',
    'CREATE RULE r AS ON INSERT TO orders DO ALSO (INSERT INTO log VALUES (1); DELETE FROM log); SELECT 3',
    'CREATE SCHEMA s CREATE TABLE a (b int) CREATE VIEW c AS SELECT 1; SELECT 2',
    "DO $$ BEGIN NULL; END; $$; /* a; */ SELECT ';' -- ;\n, 1; -- ;",
    'SELECT (1); SELECT CASE WHEN true THEN 1 END; ;; -- nothing',
  ])('%s', (text) => {
    expect(parse(libpg, text).problems).toEqual([]);
    expectSameStatements(text);
  });
});

/** A text that does not parse as a whole has no statements of the grammar. */
function expectSameStatements(text: string): void {
  const { statements, problems } = parse(libpg, text);
  if (problems.length > 0 || statements.some(isNoSql)) return;
  expect([...splitStatements(withoutPsql(text, anyDialect).text)]).toEqual(statements.map(({ span }) => ({ ...span, complete: true })));
}

/** What a placeholder or a command of psql stands for. */
function isNoSql(statement: Statement): boolean {
  return statement.command === 'COPY' || (statement.kind === 'opaque' && statement.culprit.cause.kind === 'placeholder');
}
