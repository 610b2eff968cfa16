// What a script says to psql: meta-commands (\set …), and the rows behind COPY … FROM stdin.
// Source: src/bin/psql/psqlscanslash.l, src/bin/psql/command.c.

import type { Span } from './span.ts';
import { sqlTokens } from './sql-tokens.ts';

export interface PsqlCommand extends Span {
  /** Without the backslash: `i`, `gexec`, `;`. */
  readonly name: string;
  /** All that stands behind the name. */
  readonly rest: string;
  /** A statement had begun before it, and had not ended. */
  readonly isInStatement: boolean;
}

export interface PsqlScript {
  /** In the order of the text. */
  readonly commands: readonly PsqlCommand[];
  /** The rows that are copied in. */
  readonly rows: readonly Span[];
  /** It ends in no string, comment or list of rows. */
  readonly isWhole: boolean;
}

/** Whether any text has to be looked at: the look costs more than looking for words. */
export function mayBePsql(text: string): boolean {
  return /\\|\bstd(?:in|out)\b/i.test(text);
}

export function psqlScript(text: string): PsqlScript {
  const commands: PsqlCommand[] = [];
  const rows: Span[] = [];
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  let statementStart: number | undefined;
  let isWhole = true;
  while (offset < text.length) {
    const token = sqlTokens(text, offset).next().value;
    if (!token) break;
    offset = token.end;
    if (token.kind === 'comment' || token.unterminated) {
      isWhole &&= !token.unterminated;
      continue;
    }
    const command = token.kind === 'meta-command' ? commandAt(text, token, statementStart !== undefined) : undefined;
    if (command) {
      commands.push(command);
      offset = command.end;
    }
    const isEnd = command ? endsStatement(command) : token.kind === 'symbol' && text[token.start] === ';';
    const isCopy = command ? isCopyCommand(command) : isEnd && statementStart !== undefined && copyFromStdin.test(text.slice(statementStart, token.start));
    if (isCopy) {
      const data = copyData(text, offset);
      rows.push(data.span);
      isWhole &&= data.isWhole;
      offset = data.span.end;
    }
    if (isEnd) statementStart = undefined;
    else if (!command) statementStart ??= token.start;
  }
  return { commands, rows, isWhole };
}

/** psql reads the rows from its script for `stdout` as well. */
const copyFromStdin = /^copy\b[\s\S]*\bfrom\s+std(?:in|out)\b/i;

function isCopyCommand({ name, rest }: PsqlCommand): boolean {
  return name === 'copy' && copyFromStdin.test(`copy ${rest}`);
}

/** `\;` and `\g`, `\gx`, `\gset`, `\gexec`, `\gdesc`: a statement ends there. */
export function endsStatement({ name }: Pick<PsqlCommand, 'name'>): boolean {
  return name === ';' || name.startsWith('g') && !/^get/.test(name) || name === 'crosstabview' || name === 'watch';
}

/** They take the whole line; the others end where the next one begins, and `\\` goes back to SQL. */
const wholeLine: ReadonlySet<string> = new Set(['copy', '!', 'sf', 'sv', 'ef', 'ev', 'h', 'help']);

function commandAt(text: string, { start, end }: Span, isInStatement: boolean): PsqlCommand {
  const [, name = ''] = /^\\([A-Za-z_]+\+?|[^A-Za-z_\n\r]?)/.exec(text.slice(start, Math.min(end, start + NAME))) ?? [];
  const behind = start + 1 + name.length;
  const last = name === ';' || name === ':' || wholeLine.has(name) ? end : endOfArguments(text, behind, end);
  const isSeparated = text.startsWith('\\\\', last);
  return { start, end: isSeparated ? last + 2 : last, name, rest: text.slice(behind, last).trim(), isInStatement };
}

/** No command has a longer name. */
const NAME = 40;

/** The next backslash outside of quotes. */
function endOfArguments(text: string, start: number, end: number): number {
  let quote = '';
  for (let offset = start; offset < end; offset += 1) {
    const character = text.charAt(offset);
    if (quote === '' && character === '\\') return offset;
    if (quote === '' ? /['"`]/.test(character) : character === quote) quote = quote === '' ? character : '';
  }
  return end;
}

/** From behind the semicolon to the line `\.`, or to the end of the text. */
function copyData(text: string, start: number): { readonly span: Span; readonly isWhole: boolean } {
  const match = /^\\\.[ \t]*$/m.exec(text.slice(start));
  return { span: { start, end: match === null ? text.length : start + match.index + match[0].length }, isWhole: match !== null };
}
