// Lints and explains bare texts: no disk, no configuration.

import { explain } from '../engine/explain.ts';
import { lint, type Examined } from '../engine/lint.ts';
import { originOf } from '../engine/origin.ts';
import type { History } from '../engine/parsed-migration.ts';
import type { CureLevel, OfferedCure } from '../model/cure.ts';
import type { Plan, PlannedFinding } from '../model/plan.ts';
import type { Parser } from '../parser/parser.ts';
import type { WithheldCure } from './cures/fix-all.ts';
import { bareHome, workshopOf } from './cures/workshop.ts';
import { Catalog } from '../model/catalog.ts';
import type { Limits } from '../model/limits.ts';
import type { Rule } from '../model/rule.ts';
import type { Explanation, Report } from '../model/report.ts';
import { isShare } from '../sources/frameworks/files/majority.ts';
import type { Framework } from '../sources/frameworks/framework.ts';
import { frameworks } from '../sources/frameworks/index.ts';
import { markedTool, readAs } from '../sources/frameworks/read-as.ts';
import { readInput } from '../sources/disk/read-text.ts';
import { loadParser } from './reading/load-parser.ts';
import { judgementOf } from './judgement.ts';
import { migrationsIn, type Input, type Reading } from './reading/migrations-in.ts';
import { bareSettings, type Overrides, type RunSettings } from './settings/settings.ts';

export interface Text {
  readonly path: string;
  readonly sql: string;
}

/** A text as cures would write it, and the migrations behind it. */
export interface CuredText {
  readonly report: Report;
  /** Of the text and the migrations as they would be written. */
  readonly left: Report;
  /** Of what was found before, by fingerprint. */
  readonly cures: ReadonlyMap<string, OfferedCure>;
  /** Of what was found before, by fingerprint. */
  readonly plans: ReadonlyMap<string, Plan>;
  readonly text: string;
  /** New ones, and others that are there and change. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly withheld: readonly WithheldCure[];
  /** What has to be done when all of it is written. */
  readonly afterwards: readonly string[];
}

/** What is found, without a word of what would cure it. */
export async function lintTexts(text: Text, earlier: readonly Text[], overrides: Overrides, rules: readonly Rule[]): Promise<Report> {
  const settings = bareSettings(overrides, rules);
  return lint([await historyOf(text, earlier, settings)], judgementOf(settings));
}

/** `levels`: how far cures may go; without any, what is found is only told, with what would cure it. `beside`: what else its tool keeps there. */
export async function cureTexts(text: Text, earlier: readonly Text[], overrides: Overrides, rules: readonly Rule[], levels: ReadonlySet<CureLevel>, beside: readonly Text[] = []): Promise<CuredText> {
  const settings = bareSettings(overrides, rules);
  const judgement = judgementOf(settings);
  const { history, reading, parser } = await readTexts(text, earlier, settings);
  const told: Examined[] = [];
  const report = lint([history], judgement, (one) => told.push(one));
  if (report.findings.length === 0) return { report, left: report, cures: new Map(), plans: new Map(), text: text.sql, files: [], withheld: [], afterwards: [] };
  const [{ manuscriptOf }, { fixAll }, { offersIn }, { plansIn }, { reportOf }] = await Promise.all([
    import('./cures/documents.ts'),
    import('./cures/fix-all.ts'),
    import('./cures/offers.ts'),
    import('./cures/planned.ts'),
    import('./cures/report-of.ts'),
  ]);
  const workshop = workshopOf(reading, bareHome([...earlier, text], beside), parser);
  const manuscript = manuscriptOf(told, workshop, judgement);
  const { manuscript: fixed, withheld, cured } = fixAll(manuscript, { levels, isWanted: () => levels.size > 0, mayEdit: () => true });
  const documents = fixed.checked.map(({ document }) => document);
  return {
    report,
    left: reportOf(report, [fixed]),
    cures: offersIn(manuscript, () => true).cures,
    plans: plansIn(told, () => true),
    text: documents.find(({ isMade }) => !isMade)?.text ?? text.sql,
    files: [...documents.filter(({ isMade }) => isMade).map((one) => ({ path: one.path, text: one.text })), ...Array.from(fixed.beside, ([path, written]) => ({ path, text: written }))],
    withheld,
    afterwards: cured.length === 0 ? [] : [workshop.framework.authoring?.afterwards ?? []].flat(),
  };
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

/** What somebody has to do about what is found in the text. */
export async function planTexts(text: Text, earlier: readonly Text[], overrides: Overrides, rules: readonly Rule[]): Promise<readonly PlannedFinding[]> {
  const settings = bareSettings(overrides, rules);
  const { history } = await readTexts(text, earlier, settings);
  const { plannedIn } = await import('./cures/planned.ts');
  const planned: PlannedFinding[] = [];
  lint([history], judgementOf(settings), (one) => planned.push(...plannedIn(one)));
  return planned;
}

async function historyOf(text: Text, earlier: readonly Text[], settings: RunSettings): Promise<History> {
  return (await readTexts(text, earlier, settings)).history;
}

interface ReadTexts {
  readonly history: History;
  readonly reading: Reading;
  readonly parser: Parser;
}

async function readTexts(text: Text, earlier: readonly Text[], { parser: name, of, limits }: RunSettings): Promise<ReadTexts> {
  const texts = [...earlier, text];
  const { framework = frameworks.plain, transaction, settings, newTables, stated, down } = of(undefined, '');
  const { parser } = await loadParser(name, limits);
  const isNamed = framework !== frameworks.plain;
  const agreed = isNamed ? framework : agreedTool(texts);
  const beside = earlier.length === 0 ? undefined : 'not enough of the migrations before it do';
  const reading: Reading = { framework: agreed, isNamed, beside, transaction, down, root: undefined, limits };
  const migrations = texts.flatMap((one) => migrationsIn(inputOf(one, one === text, limits), reading, parser));
  const origin = earlier.length > 0 ? originOf(migrations, settings, stated().version) : 'unknown';
  return { history: { migrations, start: Catalog.start(origin), settings, newTables, ...stated() }, reading: { ...reading, framework: frameworkOf(text, reading) }, parser };
}

/** Of the text itself, where it says so. */
function frameworkOf({ sql, path }: Text, reading: Reading): Framework {
  return readAs({ text: sql, name: path, directory: undefined }, reading).framework;
}

/** Where there are several, that of most of them. */
function agreedTool(texts: readonly Text[]): Framework {
  const tools = texts.length < 2 ? [] : texts.flatMap(({ sql }) => markedTool(sql) ?? []);
  return tools.find((tool) => isShare(texts, ({ sql }) => markedTool(sql) === tool, 'most')) ?? frameworks.plain;
}

function inputOf({ path, sql }: Text, linted: boolean, limits: Limits): Input {
  return { read: readInput(Buffer.from(sql), limits), path, linted, role: 'up', directory: undefined };
}
