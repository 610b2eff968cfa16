// Rules that are off, milder or wider than they were.

import type { Config, OverrideConfig } from '../../config/config.ts';
import type { Ruling } from '../../engine/suppress.ts';
import { settableUnreadRules } from '../../engine/unread.ts';
import { severities, type Severity } from '../../model/finding.ts';
import type { OptionValues, RuleOption } from '../../model/rule.ts';
import { printDuration } from '../../model/session.ts';
import { list } from '../../text/list.ts';
import { isReordered, type Change } from './configuration-changes.ts';

/** What a configuration says of rules, and what comes of it where no override speaks, and where one does. */
export interface RulesInForce {
  readonly config: Config;
  readonly usual: Ruling;
  readonly under: (override: OverrideConfig) => Ruling;
}

/** Where the preset changes, that alone is said of what it turns off. */
export function milderRules(before: RulesInForce, after: RulesInForce): Change[] {
  const isOtherPreset = (before.config.extends ?? 'recommended') === 'strict' && (after.config.extends ?? 'recommended') === 'recommended';
  const changes = compared(before.usual, after.usual).map(({ id, message, isOff }) => ({ id, isOff, change: { kind: 'rule', keys: ['rules', id], message } as const }));
  const byPreset = isOtherPreset ? changes.filter(({ id, isOff }) => isOff && after.config.rules[id]?.severity === undefined) : [];
  return [
    ...(byPreset.length === 0 ? [] : [{ kind: 'rule', keys: ['extends'], message: `the rules are those of "recommended", and no more those of "strict"` } as const]),
    ...changes.filter((one) => !byPreset.includes(one)).map(({ change }) => change),
    ...overridden(before, after),
  ];
}

/** New ones that make rules milder, and old ones that made them stricter and are gone. */
function overridden(before: RulesInForce, after: RulesInForce): Change[] {
  const printed = ({ config: { overrides } }: RulesInForce): readonly string[] => overrides.map((one) => JSON.stringify(one));
  const isIn = (override: OverrideConfig, side: RulesInForce): boolean => printed(side).includes(JSON.stringify(override));
  const added = after.config.overrides.flatMap((override, index) => {
    if (isIn(override, before)) return [];
    return compared(after.usual, after.under(override)).map(({ id, message }): Change => ({ kind: 'rule', keys: ['overrides', index, 'rules', id], message: `for ${placesOf(override)}, ${message}` }));
  });
  const gone = before.config.overrides.filter((override) => !isIn(override, after) && compared(before.under(override), before.usual).length > 0);
  const order: Change = { kind: 'rule', keys: ['overrides'], message: 'the overrides stand in another order, and the last one that fits counts' };
  return [
    ...added,
    ...gone.map((override): Change => ({ kind: 'rule', keys: ['overrides'], message: `the stricter rules for ${placesOf(override)} are gone` })),
    ...(isReordered(printed(before), printed(after)) ? [order] : []),
  ];
}

function placesOf({ paths, direction }: OverrideConfig): string {
  const where = paths === undefined ? 'all migrations' : list(paths.map((path) => `"${path}"`));
  return direction === undefined ? where : `the way ${direction} of ${where}`;
}

interface Milder {
  readonly id: string;
  readonly isOff: boolean;
  readonly message: string;
}

function compared(before: Ruling, after: Ruling): Milder[] {
  const [old, now] = [settingsIn(before), settingsIn(after)];
  return [...now].flatMap(([id, { severity, options, types }]) => {
    const print = (name: string, value: number): string => (types[name]?.type === 'duration' ? printDuration(value) : String(value));
    const was = old.get(id);
    if (was === undefined || was.severity === 'off') return [];
    if (rankOf(severity) > rankOf(was.severity)) return [{ id, isOff: severity === 'off', message: `${id} is ${nounOf(severity)}; it was ${nounOf(was.severity)}` }];
    return Object.entries(options)
      .filter(([name, value]) => value > (was.options[name] ?? value))
      .map(([name, value]) => ({ id, isOff: false, message: `"${name}" of ${id} is ${print(name, value)}; it was ${print(name, was.options[name] ?? 0)}` }));
  });
}

interface Setting {
  readonly severity: Severity | 'off';
  readonly options: OptionValues;
  readonly types: Readonly<Record<string, RuleOption>>;
}

function settingsIn({ rules, optionsOf, suppressions, unread }: Ruling): ReadonlyMap<string, Setting> {
  const metas = new Map([...rules.map(({ rule: { meta } }) => meta), ...settableUnreadRules].map((meta) => [meta.id, meta]));
  const settingOf = (id: string, severity: Severity | 'off'): [string, Setting] => {
    const meta = metas.get(id);
    return [id, { severity, options: meta ? optionsOf(meta) : {}, types: meta?.options ?? {} }];
  };
  return new Map([...rules.map(({ rule, severity }) => settingOf(rule.meta.id, severity)), ...Object.entries({ ...suppressions, ...unread }).map(([id, severity]) => settingOf(id, severity))]);
}

const ranks: readonly (Severity | 'off')[] = [...severities, 'off'];

function rankOf(severity: Severity | 'off'): number {
  return ranks.indexOf(severity);
}

const nouns: Readonly<Record<Severity | 'off', string>> = { error: 'an error', warning: 'a warning', info: 'information', off: 'off' };

function nounOf(severity: Severity | 'off'): string {
  return nouns[severity];
}
