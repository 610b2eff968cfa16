// Reads `.pgmigrate-lint-baseline.json`, or says where it is broken.

import * as v from 'valibot';

import type { KnownFinding } from './baseline.ts';
import { closedMap } from './closed-map.ts';
import { mustBe } from './complaint.ts';
import { readYaml } from './read-yaml.ts';

/** @throws UserError with the place of the first mistake. `path` is what it shows. */
export function parseBaseline(text: string, path: string): readonly KnownFinding[] {
  return (readJson(text) ?? readYaml(text, path, 'the baseline', baselineSchema(), MOST_TOKENS)).findings;
}

/** Of one that is broken: it grows with a project. */
const MOST_TOKENS = 300_000;

/** YAML knows the places of mistakes, and takes its time. */
function readJson(text: string): v.InferOutput<ReturnType<typeof baselineSchema>> | undefined {
  try {
    const result = v.safeParse(baselineSchema(), JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

function baselineSchema() {
  const text = v.string(({ input }) => mustBe('a text', input));
  const finding = closedMap({ path: text, rule: text, message: text, fingerprint: text }, 'key');
  return closedMap(
    {
      version: v.literal(1, ({ input }) => mustBe('1', input)),
      findings: v.array(finding, ({ input }) => mustBe('a list of findings', input)),
    },
    'key',
  );
}
