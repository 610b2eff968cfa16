// `--format gitlab`: a Code Quality report, which GitLab compares between branches by the fingerprints.
// Source: "Code Quality report format" of GitLab's documentation, and app/validators/json_schemas/codeclimate.json of GitLab.

import type { Finding, Severity } from '../model/finding.ts';
import type { Loosening } from '../model/loosening.ts';
import { Fingerprint } from '../text/fingerprint.ts';
import { visible } from '../text/visible.ts';
import { loosenedName, loosenedSentence } from './loosened-lines.ts';
import { printJson } from './print-json.ts';
import type { Reporter } from './reporter.ts';
import { sentences } from './sentences.ts';

export const gitlab: Reporter = ({ findings, loosened = [] }) => printJson([...findings.map(issueOf), ...loosened.map(issueOfLoosening)]);

const severityWords: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/** It is the same one while it says the same of the same file. */
function issueOfLoosening(loosening: Loosening): object {
  const { severity, path, line } = loosening;
  const description = sentences(visible(loosenedSentence(loosening)));
  const fingerprint = Fingerprint.of([loosenedName, path, description].join('\0')).print();
  return { description, check_name: loosenedName, fingerprint, severity: severityWords[severity], location: { path, lines: { begin: line, end: line } } };
}

function issueOf({ rule, severity, path, line, endLine, message, help, fingerprint }: Finding): object {
  return {
    description: sentences(visible(message), visible(help)),
    check_name: rule,
    fingerprint,
    severity: severityWords[severity],
    location: { path, lines: { begin: line, end: endLine } },
  };
}
