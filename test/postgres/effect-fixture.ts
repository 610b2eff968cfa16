// A fixture of effects: a setup, a line `-- measure`, and the statements whose claims are compared with what a server does.

import { readFileSync } from 'node:fs';
import { tell } from '../../src/engine/narrate.ts';
import { openMigration } from '../../src/history/story.ts';
import { Catalog } from '../../src/model/catalog.ts';
import type { Statement } from '../../src/model/statement.ts';
import type { PostgresVersion } from '../../src/model/version.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { SourceText } from '../../src/text/source-text.ts';

export interface EffectFixture {
  readonly source: SourceText;
  readonly setup: readonly Statement[];
  readonly measured: readonly Statement[];
}

export function readEffectFixture(path: string, parser: Parser): EffectFixture {
  const source = new SourceText(path, readFileSync(path, 'utf8'));
  const { statements, problems } = parser.parse(source);
  const mark = /^-- measure$/m.exec(source.text)?.index;
  if (mark === undefined || problems.length > 0) throw new Error(`${path}: ${problems[0]?.message ?? 'no line "-- measure"'}`);
  const isSetup = ({ span }: Statement): boolean => span.start < mark;
  return { source, setup: statements.filter(isSetup), measured: statements.filter((statement) => !isSetup(statement)) };
}

export function sqlOf({ source }: EffectFixture, { span }: Statement): string {
  return source.slice(span);
}

/** The kinds of what its claims assume, as a line `-- assumed: KINDS` above a statement says; where history shows all, nothing is assumed. */
export function assumedIn({ source }: EffectFixture, { span }: Statement): string {
  const above = source.text.slice(0, span.start).trimEnd().split('\n').at(-1) ?? '';
  return /^-- assumed: (.+)$/.exec(above)?.[1] ?? '';
}

/** What is known behind the setup: the database was empty before it. */
export function catalogBehindSetup({ setup }: EffectFixture, version: PostgresVersion): Catalog {
  const start = openMigration(Catalog.start('empty'), { settings: new Map(), newTables: 'migration' });
  return setup.reduce((story, statement) => tell(statement, story, version).story, start).catalog;
}
