// A YAML text → what a schema makes of it, or the first mistake in it with its line and column.

import * as v from 'valibot';
import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';

import { UserError } from '../model/user-error.ts';
import { firstBadAlias, offsetOf, type Path } from './yaml-position.ts';

/**
 * An empty text is an empty map. `path` is what errors show, `noun` what the whole of the text is called.
 * @throws UserError at the first mistake by position; it says how many more there are.
 */
export function readYaml<Schema extends v.GenericSchema>(text: string, path: string, noun: string, schema: Schema): v.InferOutput<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const broken = yamlMistakes(document, text);
  if (broken.length > 0) throw errorOf(broken, path, lines);
  const result = v.safeParse(schema, document.toJS() ?? {});
  if (result.success) return result.output;
  throw errorOf(
    result.issues.flatMap((issue) => schemaMistakes(issue, document, noun)),
    path,
    lines,
  );
}

/** `offset` counts UTF-16 code units of the text. */
interface Mistake {
  readonly offset: number;
  readonly message: string;
}

/** Not only what yaml calls errors: a tag that it does not know is a warning, an alias fails when it is followed. */
function yamlMistakes(document: Document.Parsed, text: string): Mistake[] {
  const mistakes = [...document.errors, ...document.warnings].map((error) => ({
    offset: error.pos[0],
    message: yamlMessage(error, text),
  }));
  const alias = firstBadAlias(document);
  return alias === undefined ? mistakes : [...mistakes, alias];
}

function yamlMessage({ code, message, pos: [offset] }: YAMLError, text: string): string {
  if (code === 'DUPLICATE_KEY') return `duplicate key "${keyAt(text, offset)}"`;
  return code === 'MULTIPLE_DOCS' ? 'this must be one YAML document, not several' : `this is not valid YAML: ${message}`;
}

function keyAt(text: string, offset: number): string {
  return /["']?([^"':\s]*)/y.exec(text.slice(offset))?.[1] ?? '';
}

/** A union complains of itself; what was wrong inside is more to the point. */
function schemaMistakes(issue: v.BaseIssue<unknown>, document: Document.Parsed, noun: string, above: Path = []): Mistake[] {
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

function errorOf(mistakes: readonly Mistake[], path: string, lines: LineCounter): UserError {
  const [first = { offset: 0, message: '' }, ...others] = mistakes.toSorted((left, right) => left.offset - right.offset);
  const { line, col } = lines.linePos(first.offset);
  const more = others.length === 0 ? '' : ` (and ${others.length} more ${others.length === 1 ? 'mistake' : 'mistakes'})`;
  return new UserError(first.message + more, { path, line, column: col });
}
