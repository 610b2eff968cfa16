// Findings that say the same of many files, for readers to whom it is said once.

import type { Finding } from '../model/finding.ts';

/** All other findings stand alone, however often a rule speaks. */
const groupedRules: ReadonlySet<string> = new Set(['unread-migration']);

export interface FindingGroup {
  /** The rule, the severity and the message are those of all of them. */
  readonly first: Finding;
  /** In the order of the report; the first one is among them. */
  readonly findings: readonly Finding[];
}

/** Groups stand where their first finding does. `rules`: those whose findings are said once. */
export function findingGroups(findings: readonly Finding[], rules = groupedRules): readonly FindingGroup[] {
  const groups = new Map<string, FindingGroup & { readonly findings: Finding[] }>();
  for (const [index, finding] of findings.entries()) {
    const key = rules.has(finding.rule) ? [finding.rule, finding.severity, finding.message].join('\0') : String(index);
    const group = groups.get(key) ?? { first: finding, findings: [] };
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The deepest folder that holds all of them, with forward slashes; `.` for the working directory. */
export function folderOf({ findings }: FindingGroup): string {
  const [first = [], ...others] = findings.map(({ path }) => path.split('/').slice(0, -1));
  const depth = others.reduce((sum, names) => Math.min(sum, sharedBy(first, names)), first.length);
  return first.slice(0, depth).join('/') || '.';
}

function sharedBy(left: readonly string[], right: readonly string[]): number {
  const index = left.findIndex((name, position) => name !== right[position]);
  return index < 0 ? left.length : index;
}

/** Their paths, from that folder on. */
export function pathsIn(group: FindingGroup): string[] {
  const folder = folderOf(group);
  return group.findings.map(({ path }) => (folder === '.' ? path : path.slice(folder.length + 1)));
}
