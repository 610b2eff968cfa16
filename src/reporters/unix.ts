// `--format unix`: one line per finding, for the problem matchers of editors.

import type { Finding } from '../model/finding.ts';
import type { Reporter } from './reporter.ts';
import { visible } from '../text/visible.ts';

export const unix: Reporter = ({ findings }) => findings.map((finding) => `${lineOf(finding)}\n`).join('');

function lineOf({ path, line, column, severity, message, rule }: Finding): string {
  return visible(`${withoutPlace(path)}:${line}:${column}: ${severity}: ${message} [${rule}]`);
}

/** What reads a line takes the first numbers between colons for the place. */
function withoutPlace(path: string): string {
  return path.replace(/:(?=\d)/g, '\\x3a');
}
