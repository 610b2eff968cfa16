// The files of sql-migrate: `-- +migrate Up` and `-- +migrate Down` in one file, by number, then by name.
// Source: github.com/rubenv/sql-migrate, ParseMigration() in sqlparse.go and Migration.Less().

import { inOneFile } from '../authoring/layouts.ts';
import { wordBehind } from '../authoring/marks.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import { refusal, refused, wholeRefusal } from '../files/refused.ts';
import { tornBy } from '../files/torn.ts';
import { knownByMark } from '../files/look-inside.ts';
import { byName, byNumber } from '../files/places.ts';
import { neverAgain } from '../conduct.ts';
import type { Cut, Framework, Refusal, SqlFile } from '../framework.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { goFields, goLines, goTrim, semicolonAtEnd } from './lines.ts';

const around = { open: '-- +migrate StatementBegin', close: '-- +migrate StatementEnd' };

export const sqlMigrate: Framework = {
  name: 'sql-migrate',
  title: 'sql-migrate',
  leaving: 'a file of its own that says -- +migrate Up notransaction',
  authoring: {
    outside: 'marked',
    sendsSingly: true,
    around,
    mark: wordBehind(/^--[ \t]*\+migrate[ \t]+Up\b/m, ' notransaction'),
    write: inOneFile({ up: ['-- +migrate Up'], outside: ['-- +migrate Up notransaction'], down: ['-- +migrate Down'], downOutside: ['-- +migrate Down notransaction'], around }),
  },
  layout: 'flat',
  ...knownByMark(/^-- \+migrate[ \t]+Up\b/m),
  evidence: { runs: /\bgithub\.com\/rubenv\/sql-migrate\b|\bsql-migrate\s+(?:up|status|new|redo)\b/, files: ['dbconfig.yml'] },
  /** Source: planMigrationCommon() and ToCatchup() of migrate.go, v1.8: the checksum is kept, and never compared. */
  conduct: {
    late: 'runs',
    compares: 'nothing',
    changed: neverAgain,
    gone: 'refuses to run where it has run ("unknown migration in database")',
  },
  transaction: () => 'file',
  remembers: 'name',
  places: () => (path) => byNumber(path) ?? byName(path),
  cut,
  stopsAtByteOrderMark: (text) => text.startsWith(prefix),
  settings: (root) => settingsOfParameters(connectionTexts(root, 'dbconfig.yml', 'Makefile'), 'whole'),
};

type Direction = 'Up' | 'Down';

const prefix = '-- +migrate ';

function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const { text } = file;
  const reading = new Reading(text);
  for (const line of goLines(text)) {
    const refusalAt = reading.line(line);
    if (refusalAt) return refused(file, transaction, refusalAt);
  }
  const atEnd = reading.end();
  if (atEnd) return refused(file, transaction, atEnd);
  const { starts, without, comments: dropped, cuts } = reading;
  const spansOf = (wanted: Direction): Span[] =>
    starts.flatMap(({ direction, start }, index) => (direction === wanted ? [{ start, end: starts[index + 1]?.start ?? text.length }] : []));
  const [up, down] = [spansOf('Up'), spansOf('Down')];
  const modeOf = (direction: Direction): TransactionMode => (without.has(direction) ? 'statement' : transaction);
  return {
    up: [{ spans: up, transaction: modeOf('Up') }],
    down: down.length === 0 ? [] : [{ spans: down, transaction: modeOf('Down') }],
    outside: [{ start: 0, end: starts[0]?.start ?? text.length }],
    dropped,
    unsupported: tornBy('sql-migrate', text, cuts, 'Put the whole statement between -- +migrate StatementBegin and -- +migrate StatementEnd'),
  };
}

class Reading {
  readonly starts: { readonly start: number; readonly direction: Direction }[] = [];
  readonly without = new Set<Direction>();
  /** Lines that are left out, be they comments or not. */
  readonly comments: Span[] = [];
  /** The semicolons at which it cuts. */
  readonly cuts: Span[] = [];
  readonly #text: string;
  /** The first line that holds something of a statement that has not ended. */
  #open: Span | undefined;
  #isInStatement = false;

  constructor(text: string) {
    this.#text = text;
  }

  line(span: Span): Refusal | undefined {
    const line = this.#text.slice(span.start, span.end);
    if (line.startsWith('-- ')) this.comments.push(span);
    if (line.startsWith(prefix)) return this.#command(goFields(line.slice(prefix.length)), span);
    if (line.startsWith('-- ') || this.starts.length === 0) return undefined;
    const semicolon = this.#isInStatement ? undefined : semicolonAtEnd(this.#text, span);
    if (semicolon) {
      this.cuts.push(semicolon);
      this.#open = undefined;
    } else if (goTrim(line) !== '') {
      this.#open ??= span;
    }
    return undefined;
  }

  end(): Refusal | undefined {
    if (this.#isInStatement) return wholeRefusal(this.#text, 'a StatementBegin in it has no StatementEnd');
    if (this.starts.length === 0) return wholeRefusal(this.#text, 'no line -- +migrate Up stands in it');
    return this.#open && refusal(this.#open, unended);
  }

  #command([command, ...options]: readonly string[], span: Span): Refusal | undefined {
    if (command === undefined) return refusal(span, 'a mark in it is not complete');
    if (command === 'Up' || command === 'Down') {
      if (this.#open) return refusal(this.#open, unended);
      this.starts.push({ start: span.start, direction: command });
      if (options.includes('notransaction')) this.without.add(command);
    } else if (this.starts.length > 0 && (command === 'StatementBegin' || command === 'StatementEnd')) {
      if (command === 'StatementEnd' && this.#isInStatement) this.#open = undefined;
      this.#isInStatement = command === 'StatementBegin';
    }
    return undefined;
  }
}

const unended = 'a statement in it does not end with a semicolon at the end of a line';
