// Both front ends, and the text tools below them, against PostgreSQL's own grammar and scanner.

import { loadModule, parseSync, scanSync } from 'libpg-query';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import type { Parser } from '../src/parser/parser.ts';
import { portableParser } from '../src/parser/portable/parse.ts';
import { withoutPsql } from '../src/parser/psql.ts';
import { contains, type Span } from '../src/text/span.ts';
import { SourceText } from '../src/text/source-text.ts';
import { splitStatements } from '../src/text/split-statements.ts';
import { sqlTokens } from '../src/text/sql-tokens.ts';
import { utf8Offsets } from '../src/text/utf8-offsets.ts';
import { filesBelow, read } from './fixture.ts';

const fixtures = filesBelow('fixtures', '.sql');
const portable = portableParser();
let libpg: Parser;

beforeAll(async () => {
  await loadModule();
  libpg = libpgParser(await loadGrammar());
});

describe('the lexer cuts where the scanner of PostgreSQL cuts', () => {
  const nasty: readonly string[] = [
    'SELECT 1 /* a /* b */ c */ + 2 -- end',
    '/* open /* nested */ still */ SELECT /**/ 1/* */-- x\r\n+ 2',
    "SELECT E'a\\'b', E'\\\\', e'\\'', 'it''s', '', 'a\\', B'01', b'', X'1F', N'name', n'x'",
    "SELECT U&'d\\0061t\\+000061', u&'\\00e4' UESCAPE '!', U&\"d\\0061t\" FROM u&\"x\"\"y\", U & 'a'",
    "SELECT 'a'\n'b', 'a' \t\f\r\n\n\t'b', E'a'\r\n'\\'', 'a' 'b'",
    'SELECT $$it\'s$$, $a$ $$ $b$ $a$, $_1$x$_1$, $ä$ö$ä$, $1, $23, $1+$2, a$b$c, a$$',
    'SELECT 1..2, 1.5, .5, 5., 1e10, 1E-5, 1.e+3, 0x1F, 0o17, 0b101, 1_000, 1_0.0_1, 0xAB_CD, 12abs',
    'SELECT "a""b", "Ü", "", "a b"."c;d", größe, 表, naïve$1, _x, é, "😀", \'😀\'::text -- 😀',
    'SELECT a@>b, a->>\'x\', a#>>\'{b,c}\', -1, a-- comment\n-b, 1-/* x */-1, !~~*b, a||b, c::int[], d[1:2], f(x=>1)',
    'CREATE TABLE a (b int);;\r\nINSERT INTO a VALUES (1);\t\f\v\rSELECT 1',
    'SELECT \u00a01, \u20281',
  ];
  const texts = [...nasty.map((text) => ({ name: text, text })), ...fixtures.map((name) => ({ name, text: withoutPsql(read(name)).text }))];

  test.each(texts)('$name', ({ text }) => {
    const theirs = scannerTokens(text);
    expect(theirs === undefined ? undefined : ourTokens(text)).toEqual(theirs);
  });
});

/** Operators are cut into single characters here, so only the other tokens are compared. */
const isOperator = (token: string): boolean => /^[^\w"'$\u0080-\uffff/-]$|^[-+*/<>=~!@#%^&|`?:.,]+$/.test(token);

/** Undefined where the scanner refuses the text. */
function scannerTokens(text: string): string[] | undefined {
  try {
    const offset = utf8Offsets(text);
    const spans = text === '' ? [] : scanSync(text).tokens.map(({ start, end }) => ({ start: offset(start), end: offset(end) }));
    return printTokens(text, spans);
  } catch {
    return undefined;
  }
}

function ourTokens(text: string): string[] {
  return printTokens(text, sqlTokens(text));
}

function printTokens(text: string, spans: Iterable<Span>): string[] {
  const tokens = Array.from(spans, ({ start, end }) => ({ start, token: text.slice(start, end) }));
  return tokens.filter(({ token }) => !isOperator(token)).map(({ start, token }) => `${start} ${token}`);
}
