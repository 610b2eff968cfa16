// `--format gitlab`: a Code Quality report, which GitLab compares between branches by the fingerprints.
// Source: "Code Quality report format" of GitLab's documentation, and app/validators/json_schemas/codeclimate.json of GitLab.

import type { Finding, Severity } from '../model/finding.ts';
import { visible } from '../text/visible.ts';
import { printJson } from './print-json.ts';
import type { Reporter } from './reporter.ts';
import { sentences } from './sentences.ts';

export const gitlab: Reporter = ({ findings }) => printJson(findings.map(issueOf));

const severityWords: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

function issueOf({ rule, severity, path, line, endLine, message, help, fingerprint }: Finding): object {
  return {
    description: sentences(visible(message), visible(help)),
    check_name: rule,
    fingerprint,
    severity: severityWords[severity],
    location: { path, lines: { begin: line, end: endLine } },
  };
}
