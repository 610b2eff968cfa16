// Lints and explains bare texts: no disk, no configuration.

import { explain } from '../engine/explain.ts';
import { lint } from '../engine/lint.ts';
import { originOf } from '../engine/origin.ts';
import type { History } from '../engine/parsed-migration.ts';
import { Catalog } from '../model/catalog.ts';
import type { Limits } from '../model/limits.ts';
import type { Rule } from '../model/rule.ts';
import type { Explanation, Report } from '../model/report.ts';
import { isShare } from '../sources/frameworks/files/majority.ts';
import type { Framework } from '../sources/frameworks/framework.ts';
import { frameworks } from '../sources/frameworks/index.ts';
import { markedTool } from '../sources/frameworks/read-as.ts';
import { readInput } from '../sources/disk/read-text.ts';
import { loadParser } from './reading/load-parser.ts';
import { judgementOf } from './judgement.ts';
import { migrationsIn, type Input, type Reading } from './reading/migrations-in.ts';
import { bareSettings, type Overrides, type RunSettings } from './settings/settings.ts';

export interface Text {
  readonly path: string;
  readonly sql: string;
}

/** `history`: earlier migrations, oldest first. */
export async function lintTexts(
  text: Text,
  history: readonly Text[],
  overrides: Overrides,
  rules: readonly Rule[],
): Promise<Report> {
  const settings = bareSettings(overrides, rules);
  return lint([await historyOf(text, history, settings)], judgementOf(settings));
}

export async function explainTexts(
  text: Text,
  history: readonly Text[],
  overrides: Overrides,
  rules: readonly Rule[],
): Promise<Explanation> {
  const settings = bareSettings(overrides, rules);
  return explain([await historyOf(text, history, settings)], settings.stated());
}

async function historyOf(text: Text, earlier: readonly Text[], { parser: name, of, limits }: RunSettings): Promise<History> {
  const texts = [...earlier, text];
  const { framework = frameworks.plain, transaction, settings, newTables, stated, down } = of(undefined, '');
  const { parser } = await loadParser(name, limits);
  const isNamed = framework !== frameworks.plain;
  const agreed = isNamed ? framework : agreedTool(texts);
  const beside = earlier.length === 0 ? undefined : 'not enough of the migrations before it do';
  const reading: Reading = { framework: agreed, isNamed, beside, transaction, down, root: undefined, limits };
  const migrations = texts.flatMap((one) => migrationsIn(inputOf(one, one === text, limits), reading, parser));
  const origin = earlier.length > 0 ? originOf(migrations, settings, stated().version) : 'unknown';
  return { migrations, start: Catalog.start(origin), settings, newTables, ...stated() };
}

/** Where there are several, that of most of them. */
function agreedTool(texts: readonly Text[]): Framework {
  const tools = texts.length < 2 ? [] : texts.flatMap(({ sql }) => markedTool(sql) ?? []);
  return tools.find((tool) => isShare(texts, ({ sql }) => markedTool(sql) === tool, 'most')) ?? frameworks.plain;
}

function inputOf({ path, sql }: Text, linted: boolean, limits: Limits): Input {
  return { read: readInput(Buffer.from(sql), limits), path, linted, role: 'up', directory: undefined };
}
