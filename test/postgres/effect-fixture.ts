// A fixture of effects: a setup, a line `-- measure`, and the statements whose claims are compared with what a server does.

import { narrate } from '../../src/engine/narrate.ts';
import { Catalog } from '../../src/model/catalog.ts';
import type { Statement } from '../../src/model/statement.ts';
import type { Step } from '../../src/model/timeline.ts';
import type { PostgresVersion } from '../../src/model/version.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { SourceText } from '../../src/text/source-text.ts';

export interface MeasuredStatement {
  readonly statement: Statement;
  /** It stands under `-- outside a transaction`. */
  readonly outside: boolean;
}

export interface EffectFixture {
  readonly source: SourceText;
  readonly setup: readonly Statement[];
  readonly measured: readonly MeasuredStatement[];
}

export function readEffectFixture(path: string, text: string, parser: Parser): EffectFixture {
  const source = new SourceText(path, text);
  const { statements, problems } = parser.parse(source);
  const mark = /^-- measure$/m.exec(text)?.index;
  if (mark === undefined || problems.length > 0) throw new Error(`${path}: ${problems[0]?.message ?? 'no line "-- measure"'}`);
  const isSetup = ({ span }: Statement): boolean => span.start < mark;
  const rest = statements.filter((statement) => !isSetup(statement));
  const measured = rest.map((statement) => ({ statement, outside: isOutside(statement, text) }));
  return { source, setup: statements.filter(isSetup), measured };
}

/** The comment is the line above. */
function isOutside({ span }: Statement, text: string): boolean {
  return text.slice(0, span.start).endsWith('-- outside a transaction\n');
}

export function sqlOf({ source }: EffectFixture, { span }: Statement): string {
  return source.text.slice(span.start, span.end);
}

/** What is known behind the setup: the database was empty before it. */
export function catalogBehindSetup({ source, setup }: EffectFixture, version: PostgresVersion): Catalog {
  return narrate(source, setup, Catalog.start('empty'), runner, version).catalog;
}

export interface Claim {
  readonly step: Step;
  /** What is known if the server does not refuse the statement. */
  readonly after: Catalog;
}

/** The claim about one statement, as a migration of its own. */
export function claimAbout({ source }: EffectFixture, statement: Statement, catalog: Catalog, version: PostgresVersion): Claim {
  const { timeline, catalog: after } = narrate(source, [statement], catalog, runner, version);
  const [step] = timeline.steps;
  if (step === undefined) throw new Error('A statement without a step');
  return { step, after };
}

const runner = { transaction: 'statement', settings: new Map() } as const;
