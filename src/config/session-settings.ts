// `session:` of the configuration: what is set on each connection before a migration runs.

import * as v from 'valibot';

import { searchPathItems, timeoutNames } from '../model/session.ts';
import type { SettingValue } from '../model/statement.ts';
import { refuseLostKeys } from './closed-map.ts';
import { mustBe } from './complaint.ts';
import { isMap } from './is-map.ts';
import { duration } from './duration.ts';

/** Timeouts are durations; of PostgreSQL's other settings, and those of extensions, any name and any value will do. */
export function sessionSettings() {
  const timeouts = Object.fromEntries(timeoutNames.map((name) => [name, v.optional(duration())]));
  return v.pipe(
    v.custom<object>(isMap, ({ input }) => mustBe('a map', input)),
    refuseLostKeys('setting'),
    v.objectWithRest(timeouts, anyValue()),
    v.rawCheck(({ dataset, addIssue }) => {
      const input = dataset.value;
      if (typeof input !== 'object' || input === null) return;
      for (const [key, value] of Object.entries(input)) {
        if (!isSettingName.test(key)) addIssue({ message: unknownSetting(key), path: [{ type: 'unknown', origin: 'key', input, key, value }] });
      }
    }),
    v.metadata({ propertyNames: { pattern: isSettingName.source } }),
    v.transform((settings) => Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, valueOf(name, value)]))),
  );
}

function anyValue() {
  const message = ({ input }: { readonly input: unknown }): string => mustBe('a value or a list of them', input);
  return v.union([v.string(), v.number(), v.boolean(), v.array(v.string(message))], message);
}

/** A name as PostgreSQL has them, and not one that is meant to be a timeout's. */
const isSettingName = new RegExp(`^${timeoutNames.map(almost).join('')}[A-Za-z_][A-Za-z0-9_$]*(?:\\.[A-Za-z_][A-Za-z0-9_$]*)*$`);

function almost(name: string): string {
  return `(?!(?!${name}$)${[...plain(name)].join('[-_]*')}$)`;
}

function plain(name: string): string {
  return name.replace(/[-_]/g, '');
}

function unknownSetting(name: string): string {
  const meant = timeoutNames.find((timeout) => plain(timeout) === plain(name));
  return `unknown setting "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}

/** A duration is in milliseconds by now. */
function valueOf(name: string, value: unknown): SettingValue {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(String) };
  return name === 'search_path' ? { kind: 'list', items: searchPathItems(String(value)) } : { kind: 'text', text: String(value) };
}
