// `pgmigrate-lint comment`: lints, and keeps one comment of the pull or merge request up to date with what it finds.

import { rules } from '../../../rules/index.ts';
import { usualPatience, type Patience } from '../../conversation/call.ts';
import type { Forge } from '../../conversation/forge.ts';
import { github } from '../../conversation/github.ts';
import { gitlab } from '../../conversation/gitlab.ts';
import { keepComment } from '../../conversation/keep-comment.ts';
import { Refusal } from '../../conversation/refusal.ts';
import type { Report } from '../../model/report.ts';
import type { Rule } from '../../model/rule.ts';
import { comment } from '../../reporters/comment.ts';
import { gravestFirst } from '../../reporters/gravest-first.ts';
import type { ReportContext } from '../../reporters/reporter.ts';
import { repositoryPaths } from '../../sources/disk/repository-path.ts';
import { Fingerprint } from '../../text/fingerprint.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import type { Arguments } from '../arguments.ts';
import type { Terminal } from '../terminal.ts';
import { warn } from '../workspace-options.ts';
import { lintCommand } from './lint.ts';

/** As lint, whether the comment could be written or not. `patience`: a test has less. */
export async function commentCommand(args: Arguments, terminal: Terminal, given: readonly Rule[] = rules, patience: Patience = usualPatience): Promise<number> {
  return lintCommand(args, terminal, given, {
    tell: async (report, context) => {
      try {
        await keepComment(forgeOf(args, terminal, patience), told(report, context, args, terminal));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        warn([`no comment: ${withoutSecrets(error.message, tokensIn(terminal))}`], terminal);
      }
    },
  });
}

function forgeOf(args: Arguments, { env }: Terminal, patience: Patience): Forge {
  return args.github ? github(env, patience) : gitlab(env, patience);
}

function told(report: Report, context: ReportContext, args: Arguments, { cwd }: Terminal): Parameters<typeof keepComment>[1] {
  const directory = repositoryPaths(cwd)('.').replace(/^\.$/, '');
  return {
    key: keyOf(args, directory),
    found: gravestFirst(report.findings),
    heldBack: [...report.suppressed.map(({ finding }) => finding), ...(report.besideNew ?? [])],
    isWell: report.findings.length === 0 && (report.loosened ?? []).length === 0,
    textOf: (gone) => comment(report, context, { directory, gone }),
  };
}

/** Two jobs of one pull request that look at different things, or differently, have a comment each. */
function keyOf({ operands, config, framework, postgres, rules: severities, since, staged, history }: Arguments, directory: string): string {
  const isNew = since !== undefined || staged;
  return Fingerprint.of(JSON.stringify([directory, operands, config, framework, postgres, severities, isNew, history])).print().slice(0, 12);
}

/** Whatever a forge answers, nobody reads them. */
function tokensIn({ env }: Terminal): readonly string[] {
  return ['GITHUB_TOKEN', 'PGMIGRATE_LINT_GITLAB_TOKEN', 'GITLAB_TOKEN', 'CI_JOB_TOKEN'].flatMap((name) => env[name] ?? []);
}
