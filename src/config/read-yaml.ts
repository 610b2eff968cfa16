// A YAML text → what a schema makes of it, or the first mistake in it with its line and column.

import * as v from 'valibot';
import { LineCounter, type Document } from 'yaml';

import { UserError } from '../model/user-error.ts';
import { boundedYaml, type BoundedYaml, type YamlMistake } from './bounded-yaml.ts';
import { firstBadAlias, offsetOf, type Path } from './yaml-position.ts';

/**
 * An empty text is an empty map. `path` is what errors show, `noun` what the whole of the text is called, `most` how many tokens are read.
 * @throws UserError at the first mistake by position; it says how many more there are.
 */
export function readYaml<Schema extends v.GenericSchema>(text: string, path: string, noun: string, schema: Schema, most?: number): v.InferOutput<Schema> {
  const lines = new LineCounter();
  const read = boundedYaml(text, lines, most);
  if (read.kind === 'refused') throw errorOf([read.mistake], path, lines);
  const { document } = read;
  const broken = yamlMistakes(read);
  if (broken.length > 0) throw errorOf(broken, path, lines);
  const result = v.safeParse(schema, document.toJS() ?? {});
  if (result.success) return result.output;
  throw errorOf(
    result.issues.slice(0, MOST_PLACED).flatMap((issue) => schemaMistakes(issue, document, noun)),
    path,
    lines,
  );
}

/** Not only what yaml calls errors: a tag that it does not know is a warning, an alias fails when it is followed. */
function yamlMistakes({ document, duplicates, otherDocument }: Extract<BoundedYaml, { kind: 'read' }>): YamlMistake[] {
  const mistakes = [...document.errors, ...document.warnings].map(({ pos, message }) => ({ offset: pos[0], message: `this is not valid YAML: ${message}` }));
  const several = otherDocument === undefined ? [] : [{ offset: otherDocument, message: 'this must be one YAML document, not several' }];
  const alias = firstBadAlias(document);
  return [...mistakes, ...duplicates, ...several, ...(alias === undefined ? [] : [alias])];
}

/** A union complains of itself; what was wrong inside is more to the point. */
function schemaMistakes(issue: v.BaseIssue<unknown>, document: Document.Parsed, noun: string, above: Path = []): YamlMistake[] {
  const path: Path = [...above, ...(issue.path ?? [])];
  const inner = (issue.issues ?? []).filter((one) => one.path !== undefined);
  if (inner.length > 0) return inner.flatMap((one) => schemaMistakes(one, document, noun, path));
  const isOfKey = path.at(-1)?.origin === 'key';
  return [{ offset: offsetOf(document, path), message: isOfKey ? issue.message : `${subjectOf(path, noun)} ${issue.message}` }];
}

/** `rules.long-lock-timeout.limit`, `migrations[1]` */
function subjectOf(path: Path, noun: string): string {
  if (path.length === 0) return noun;
  return path
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1);
}

/** To find the place of a mistake takes a walk through the text. */
const MOST_PLACED = 100;
const LONGEST_MESSAGE = 1000;

function errorOf(mistakes: readonly YamlMistake[], path: string, lines: LineCounter): UserError {
  const [first = { offset: 0, message: '' }, ...others] = mistakes.toSorted((left, right) => left.offset - right.offset);
  const { line, col } = lines.linePos(first.offset);
  const count = others.length >= MOST_PLACED - 1 ? `at least ${MOST_PLACED - 1}` : String(others.length);
  const more = others.length === 0 ? '' : ` (and ${count} more ${others.length === 1 ? 'mistake' : 'mistakes'})`;
  const message = first.message.length > LONGEST_MESSAGE ? `${first.message.slice(0, LONGEST_MESSAGE)}…` : first.message;
  return new UserError(message + more, { path, line, column: col });
}
