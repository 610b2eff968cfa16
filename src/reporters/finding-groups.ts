// Findings that say the same of many files of a folder, for readers to whom it is said once.

import type { Finding } from '../model/finding.ts';

/** All other findings stand alone, however often a rule speaks. */
const groupedRules: ReadonlySet<string> = new Set(['unread-migration']);

export interface FindingGroup {
  /** Of the rule and the severity that all of them have. */
  readonly first: Finding;
  /** With forward slashes; `.` for the working directory. */
  readonly folder: string;
  /** In the order of the report; the first one is among them. */
  readonly findings: readonly Finding[];
}

/** Groups stand where their first finding does. `rules`: those whose findings are said once. */
export function findingGroups(findings: readonly Finding[], rules = groupedRules): readonly FindingGroup[] {
  const groups = new Map<string, FindingGroup & { readonly findings: Finding[] }>();
  for (const [index, finding] of findings.entries()) {
    const folder = folderOf(finding.path);
    const key = rules.has(finding.rule) ? [finding.rule, finding.severity, folder].join('\0') : String(index);
    const group = groups.get(key) ?? { first: finding, folder, findings: [] };
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** Names in the folder. */
export function namesIn({ findings }: FindingGroup): string[] {
  return findings.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
}
