// `pgmigrate-lint lint`: reports findings, in one format or several.

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from '../../../rules/index.ts';
import { nearest } from '../../text/nearest.ts';
import { engineRules } from '../../engine/unread.ts';
import { isAtLeast } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { RuleMeta } from '../../model/rule.ts';
import { UserError } from '../../model/user-error.ts';
import { lintPaths, type Run } from '../../project/workspace.ts';
import { suggestion } from '../../project/rule-overrides.ts';
import { formats, reporters, type Format } from '../../reporters/index.ts';
import type { ReportContext } from '../../reporters/reporter.ts';
import type { Arguments, FormatRequest } from '../arguments.ts';
import { documentOf, packageVersion } from '../package.ts';
import { usesColor, type Terminal } from '../terminal.ts';
import { warn, workspaceOptions } from '../workspace-options.ts';

/** 0 or 1: whether there is a finding at or above the level that fails. */
export async function lintCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const requests = requestedFormats(args.formats);
  const run = await lintPaths(args.operands, await workspaceOptions(args, terminal), rules);
  warn([...run.warnings, ...(args.quiet ? [] : run.notes)], terminal);
  for (const { name, file } of requests) {
    const text = reporters[name](run.result, contextOf(run, args, terminal, file !== undefined));
    if (file === undefined) terminal.out(text);
    else write(file, text, terminal);
  }
  const level = args.failOn ?? run.config.failOn ?? 'error';
  return level !== 'never' && run.result.findings.some(({ severity }) => isAtLeast(severity, level)) ? 1 : 0;
}

interface KnownRequest {
  readonly name: Format;
  readonly file: string | undefined;
}

function requestedFormats(requests: readonly FormatRequest[]): KnownRequest[] {
  if (requests.length === 0) return [{ name: 'pretty', file: undefined }];
  const known = requests.map(({ name, file }) => ({ name: knownFormat(name), file }));
  if (known.filter(({ file }) => file === undefined).length > 1) {
    throw new UserError('only one format can go to standard output; give the others a file, as in --format sarif=lint.sarif');
  }
  return known;
}

function knownFormat(name: string): Format {
  const format = formats.find((candidate) => candidate === name);
  if (format) return format;
  throw new UserError(`unknown format "${name}"${suggestion(nearest(name, formats)) || `; known are ${formats.join(', ')}`}`);
}

function contextOf({ sources }: Run<Report>, { color, quiet }: Arguments, terminal: Terminal, toFile: boolean): ReportContext {
  const metas = new Map<string, RuleMeta>([...rules.map(({ meta }) => meta), ...engineRules].map((meta) => [meta.id, meta]));
  return {
    sourceOf: (path) => sources.get(path),
    ruleOf: (id) => metas.get(id),
    documentOf: (id) => {
      const meta = metas.get(id);
      return meta ? documentOf(meta) : '';
    },
    version: packageVersion(),
    color: !toFile && usesColor(color, terminal),
    width: terminal.columns,
    quiet,
  };
}

function write(file: string, text: string, { cwd }: Terminal): void {
  try {
    writeFileSync(resolve(cwd, file), text);
  } catch (error) {
    throw new UserError(`"${file}" can't be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
