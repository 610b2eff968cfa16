// Severities that a caller gives by rule id: `--rule ID=SEVERITY`, and `rules` of the Node API.

import type { RuleConfig } from '../../config/config.ts';
import { nearest } from '../../text/nearest.ts';
import { severities, type Severity } from '../../model/finding.ts';
import { UserError } from '../../model/user-error.ts';

export type RuleOverrides = Readonly<Record<string, Severity | 'off'>>;

const allowed: readonly string[] = [...severities, 'off'];

/** Throws a `UserError` for an id or a severity that does not exist. */
export function ruleOverrides(overrides: Readonly<Record<string, string>>, ids: readonly string[]): Record<string, RuleConfig> {
  return Object.fromEntries(Object.entries(overrides).map(([id, severity]) => [id, overrideOf(id, severity, ids)]));
}

function overrideOf(id: string, severity: string, ids: readonly string[]): RuleConfig {
  if (!ids.includes(id)) throw new UserError(`unknown rule "${id}"${suggestion(nearest(id, ids))}`);
  if (!isSeverity(severity)) throw new UserError(`the severity of ${id} must be one of ${allowed.join(', ')}, not "${severity}"`);
  return { severity, options: {} };
}

function isSeverity(value: string): value is Severity | 'off' {
  return allowed.includes(value);
}

export function suggestion(word: string | undefined): string {
  return word === undefined ? '' : `; did you mean "${word}"?`;
}
