// `pgmigrate-lint rules`: the list of rules, or the document of one.

import { rules } from '../../../rules/index.ts';
import { nearest } from '../../text/nearest.ts';
import { engineRules } from '../../engine/unread.ts';
import { tableSizesQuery } from '../../config/table-sizes-file.ts';
import type { CureLevel } from '../../model/cure.ts';
import type { Preset, RuleMeta } from '../../model/rule.ts';
import { UserError } from '../../model/user-error.ts';
import { configurableRules } from '../../project/settings/configurable-rules.ts';
import { searchMigrations } from '../../sources/search/search.ts';
import { suggestion } from '../../project/settings/rule-overrides.ts';
import type { Arguments } from '../arguments.ts';
import { deliver } from '../deliver.ts';
import { documentOf } from '../package.ts';
import type { Terminal } from '../terminal.ts';

export async function rulesCommand({ operands: [id, ...others], formats }: Arguments, terminal: Terminal): Promise<number> {
  if (others.length > 0) throw new UserError(`rules prints the document of one rule; "${others.join('", "')}" would be passed over`);
  if (id !== undefined && formats.length > 0) throw new UserError(`rules ${id} prints a document; --format is for the list, without "${id}"`);
  const { levelsOf } = await import('../../project/cures/repair.ts');
  if (id === undefined) printList(formats, levelsOf, terminal);
  else terminal.out(withTools(documentFor(id, [...rules.map(({ meta }) => meta), ...engineRules]), terminal.cwd) + aboutFixes(levelsOf(id)));
  return 0;
}

/** Empty where there is none. */
function aboutFixes(levels: readonly CureLevel[]): string {
  const has = (level: CureLevel): boolean => levels.includes(level);
  const sentences = [
    ...(has('safe') ? ['`pgmigrate-lint --fix` writes the safe form into a migration that is new, where nothing speaks against it, and changes neither the schema nor the data behind it; `--diff` shows it.'] : []),
    ...(has('files') ? ['Where the steps can’t share a transaction, it writes further migrations behind it.'] : []),
    ...(has('unsafe') && has('safe') ? ['Where the result differs, or the order in which things are done, it takes `--fix --unsafe-fixes`.'] : []),
    ...(has('unsafe') && !has('safe') ? ['`pgmigrate-lint --fix --unsafe-fixes` writes it into a migration that is new. It takes both, because the result differs, or the order in which things are done; `--diff` shows it first.'] : []),
    ...(has('human') ? [`${levels.length > 1 ? 'Where that is not enough' : 'Because somebody has to decide, or code has to be deployed'}, \`pgmigrate-lint explain --plan FILE\` prints the steps with their SQL.`] : []),
  ];
  return sentences.length === 0 ? '' : `\n## Fix\n\n${sentences.join('\n')}\n`;
}

const listFormats = ['pretty', 'json'] as const;

function printList(formats: Arguments['formats'], levelsOf: (id: string) => readonly CureLevel[], terminal: Terminal): void {
  const { name, file } = formats[0] ?? { name: 'pretty', file: undefined };
  const metas = configurableRules(rules);
  if (formats.length > 1 || !listFormats.some((known) => known === name)) {
    throw new UserError(`rules prints ${listFormats.join(' or ')}, not ${formats.map((format) => `"${format.name}"`).join(' and ')}`);
  }
  deliver(name === 'json' ? `${JSON.stringify(metas.map((meta) => ({ ...describe(meta), fix: levelsOf(meta.id) })), undefined, 2)}\n` : listOf(metas), file, terminal);
}

function documentFor(id: string, metas: readonly RuleMeta[]): string {
  const meta = metas.find((candidate) => candidate.id === id);
  if (meta) return (documentOf(meta) || `# ${meta.id}\n\n${meta.summary}. ${meta.hazard}.\n\n${meta.remedy}.\n`) + aboutSizes(meta);
  throw new UserError(
    `unknown rule "${id}"${suggestion(
      nearest(
        id,
        metas.map((candidate) => candidate.id),
      ),
    )}`,
  );
}

/** Where the remedy runs outside a transaction: how the tools of this project do that. */
function withTools(document: string, cwd: string): string {
  if (!document.includes('CONCURRENTLY')) return document;
  const frameworks = new Set(searchMigrations(cwd).found.flatMap(({ framework }) => framework ?? []));
  const tools = [...frameworks].flatMap(({ title, leaving }) => (leaving === undefined ? [] : [`- ${title}: ${leaving}\n`]));
  return tools.length === 0 ? document : `${document.trimEnd()}\n\n## Outside a transaction, in this project\n\n${tools.join('')}`;
}

/** What hangs on how large a table is. */
function aboutSizes({ category }: RuleMeta): string {
  if (category !== 'locking' && category !== 'waiting') return '';
  return `
## Small tables

Where the configuration says how large tables are, this is information for those that are small. \`psql --csv\` writes the file
that \`tables: { sizes: db/table-sizes.csv }\` names, with

\`\`\`sql
${tableSizesQuery}
\`\`\`
`;
}

/** Every rule has a preset and options, be they the usual ones. */
function describe(meta: RuleMeta): Omit<RuleMeta, 'preset'> & { readonly preset: Preset } {
  return { ...meta, preset: presetOf(meta), options: meta.options ?? {} };
}

function presetOf({ preset }: RuleMeta): Preset {
  return preset ?? 'recommended';
}

function listOf(metas: readonly RuleMeta[]): string {
  const width = Math.max(...metas.map((meta) => meta.id.length));
  return metas
    .map(
      (meta) =>
        [meta.id.padEnd(width), meta.category.padEnd(13), meta.severity.padEnd(7), presetOf(meta).padEnd(11), `${meta.summary}\n`].join('  '),
    )
    .join('');
}
