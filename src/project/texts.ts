// Lints and explains bare texts: no disk, no configuration.

import { explain } from '../engine/explain.ts';
import { lint, type History } from '../engine/lint.ts';
import { originOf } from '../engine/origin.ts';
import { emptyConfig } from '../config/config.ts';
import { Catalog } from '../model/catalog.ts';
import type { Rule } from '../model/rule.ts';
import type { Explanation, Report } from '../model/report.ts';
import { decode } from '../sources/read-text.ts';
import { loadParser } from './load-parser.ts';
import { parseMigration } from './parse-migration.ts';
import { settingsOf, type Overrides, type RunSettings } from './settings.ts';

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
  const settings = settingsOf(emptyConfig, overrides, rules);
  return lint([await historyOf(text, history, settings)], settings.rules, settings.postgres);
}

export async function explainTexts(
  text: Text,
  history: readonly Text[],
  overrides: Overrides,
  rules: readonly Rule[],
): Promise<Explanation> {
  const settings = settingsOf(emptyConfig, overrides, rules);
  return explain([await historyOf(text, history, settings)], settings.postgres);
}

async function historyOf(
  text: Text,
  earlier: readonly Text[],
  { parser: name, runner, postgres }: RunSettings,
): Promise<History> {
  const texts = [...earlier, text];
  const { parser } = await loadParser(
    name,
    texts.reduce((sum, { sql }) => sum + sql.length, 0),
  );
  const migrations = texts.map((one) => parseMigration(decode(Buffer.from(one.sql)), one.path, one === text, parser));
  const [first] = migrations;
  const origin = first && earlier.length > 0 ? originOf(first, runner, postgres) : 'unknown';
  return { migrations, start: Catalog.start(origin), runner };
}
