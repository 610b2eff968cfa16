// `pgmigrate-lint rules`: the list of rules, or the document of one.

import { rules } from '../../../rules/index.ts';
import { nearest } from '../../text/nearest.ts';
import { engineRules } from '../../engine/unread.ts';
import type { RuleMeta } from '../../model/rule.ts';
import { UserError } from '../../model/user-error.ts';
import { frameworksBelow } from '../../sources/find-roots.ts';
import { suggestion } from '../../project/rule-overrides.ts';
import type { Arguments } from '../arguments.ts';
import { documentOf } from '../package.ts';
import type { Terminal } from '../terminal.ts';

export function rulesCommand({ operands: [id], formats }: Arguments, { out, cwd }: Terminal): number {
  const metas = rules.map(({ meta }) => meta);
  if (id !== undefined) out(withTools(documentFor(id, [...metas, ...engineRules]), cwd));
  else if (formats[0]?.name === 'json') out(`${JSON.stringify(metas, undefined, 2)}\n`);
  else out(listOf(metas));
  return 0;
}

function documentFor(id: string, metas: readonly RuleMeta[]): string {
  const meta = metas.find((candidate) => candidate.id === id);
  if (meta) return documentOf(meta) || `# ${meta.id}\n\n${meta.summary}. ${meta.hazard}.\n\n${meta.remedy}.\n`;
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
  const tools = frameworksBelow(cwd).flatMap(({ title, leaving }) => (leaving === undefined ? [] : [`- ${title}: ${leaving}\n`]));
  return tools.length === 0 ? document : `${document.trimEnd()}\n\n## Outside a transaction, in this project\n\n${tools.join('')}`;
}

function listOf(metas: readonly RuleMeta[]): string {
  const width = Math.max(...metas.map((meta) => meta.id.length));
  return metas
    .map(
      ({ id, category, severity, summary }) => `${id.padEnd(width)}  ${category.padEnd(13)}  ${severity.padEnd(7)}  ${summary}\n`,
    )
    .join('');
}
