// `.pgmigrate-lint-baseline.json`: the findings that a project knows of, one a line, so that a review shows what comes and goes.

import * as v from 'valibot';

import { closedMap } from './closed-map.ts';
import { mustBe } from './complaint.ts';
import { readYaml } from './read-yaml.ts';

/** Without a line: lines move. */
export interface KnownFinding {
  /** Relative to the baseline, with forward slashes. */
  readonly path: string;
  readonly rule: string;
  readonly message: string;
  readonly fingerprint: string;
}

/** @throws UserError with the place of the first mistake. `path` is what it shows. */
export function parseBaseline(text: string, path: string): readonly KnownFinding[] {
  return (readJson(text) ?? readYaml(text, path, 'the baseline', baselineSchema())).findings;
}

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

/** Sorted, and ends with a line break. */
export function printBaseline(findings: readonly KnownFinding[]): string {
  if (findings.length === 0) return '{ "version": 1, "findings": [] }\n';
  const lines = findings.toSorted(byPlace).map(lineOf);
  return `{\n  "version": 1,\n  "findings": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function lineOf({ path, rule, message, fingerprint }: KnownFinding): string {
  return `    ${JSON.stringify({ path, rule, message, fingerprint })}`;
}

function byPlace(left: KnownFinding, right: KnownFinding): number {
  return (
    compare(left.path, right.path) ||
    compare(left.rule, right.rule) ||
    compare(left.message, right.message) ||
    compare(left.fingerprint, right.fingerprint)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
