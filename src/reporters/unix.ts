// `--format unix`: one line per finding, for the problem matchers of editors.

import type { Finding } from '../model/finding.ts';
import { loosenedName, loosenedSentence } from './loosened-lines.ts';
import type { Reporter } from './reporter.ts';
import { visible } from '../text/visible.ts';

export const unix: Reporter = ({ findings, loosened = [] }) => {
  const changes = loosened.map((one) => ({ ...one, column: 1, message: loosenedSentence(one), rule: loosenedName }));
  return [...findings, ...changes].map((one) => `${lineOf(one)}\n`).join('');
};

function lineOf({ path, line, column, severity, message, rule }: Pick<Finding, 'path' | 'line' | 'column' | 'severity' | 'message' | 'rule'>): string {
  return visible(`${withoutPlace(path)}:${line}:${column}: ${severity}: ${message} [${rule}]`);
}

/** What reads a line takes the first numbers between colons for the place. */
function withoutPlace(path: string): string {
  return path.replace(/:(?=\d)/g, '\\x3a');
}
