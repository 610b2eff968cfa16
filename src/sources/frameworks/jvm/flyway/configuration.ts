// What the configuration of Flyway says, wherever a project keeps it: in files of its own, of Spring, of Maven or of Gradle.
// Source: documentation.red-gate.com/flyway, "Configuration"; docs.spring.io, "Common Application Properties" (spring.flyway).

import type { Directory } from '../../../disk/directory.ts';
import { property } from '../../settings/properties.ts';

/** A file that says something of Flyway. */
export interface ConfigurationFile {
  readonly directory: Directory;
  readonly text: string;
}

/** The nearest first. Of a text that is about more than Flyway, what is about it. */
export function configurationFiles(directory: Directory): readonly ConfigurationFile[] {
  return [...directory.upwards()].flatMap((above) => {
    const known = read.get(above) ?? filesIn(above);
    read.set(above, known);
    return known;
  });
}

/** Undefined where nothing says it. `key`: in camel case, as Flyway writes it. */
export function said(directory: Directory, key: string): string | undefined {
  for (const { text } of configurationFiles(directory)) {
    const value = single(text, key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A list, and where it is said. */
export interface SaidList {
  readonly items: readonly string[];
  readonly from: Directory;
}

/** The same of each file that says one: profiles of Spring have lists of their own. */
export function saidLists(directory: Directory, key: string): readonly SaidList[] {
  return configurationFiles(directory).flatMap(({ text, directory: from }) => {
    const items = list(text, key);
    return items ? [{ items, from }] : [];
  });
}

const read = new WeakMap<Directory, readonly ConfigurationFile[]>();

type Excerpt = (text: string) => string;

const whole: Excerpt = (text) => text;

const kinds: readonly { readonly folder: string; readonly names: RegExp; readonly excerpt: Excerpt }[] = [
  { folder: '', names: /^flyway(?:\.user)?\.toml$|^flyway\.conf$/, excerpt: whole },
  { folder: 'conf', names: /^flyway\.(?:toml|conf)$/, excerpt: whole },
  ...['', 'src/main/resources'].flatMap((folder) => [
    { folder, names: /^application(?:-\w+)?\.properties$/, excerpt: linesOfFlyway },
    { folder, names: /^application(?:-\w+)?\.ya?ml$/, excerpt: blockOfFlyway },
  ]),
  { folder: '', names: /^gradle\.properties$/, excerpt: linesOfFlyway },
  { folder: '', names: /^pom\.xml$/, excerpt: pluginOfFlyway },
  { folder: '', names: /^build\.gradle(?:\.kts)?$/, excerpt: closureOfFlyway },
];

/** What holds without a profile comes first. */
function filesIn(directory: Directory): ConfigurationFile[] {
  return kinds.flatMap(({ folder, names, excerpt }) => {
    const place = folder === '' ? directory : directory.below(folder);
    const found = place.names.filter((name) => names.test(name)).toSorted((left, right) => left.length - right.length);
    return found.map((name) => ({ directory, text: excerpt(place.text(name) ?? '').slice(0, LONGEST) })).filter(({ text }) => text !== '');
  });
}

/** In characters: each setting is looked for by itself. */
const LONGEST = 64 * 1024;

function linesOfFlyway(text: string): string {
  return text.split(/\r?\n/).filter((line) => /^\s*(?:\w+\.)?flyway\./.test(line)).join('\n');
}

/** What is indented more deeply below `flyway:`. */
function blockOfFlyway(text: string): string {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^\s*flyway\s*:\s*(?:#.*)?$/.test(line));
  if (start < 0) return '';
  const depth = indentOf(lines[start] ?? '');
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => line.trim() !== '' && indentOf(line) <= depth);
  return below.slice(0, end < 0 ? undefined : end).join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The plugin, and properties such as `<flyway.locations>`. */
function pluginOfFlyway(text: string): string {
  const start = text.indexOf('<artifactId>flyway-maven-plugin</artifactId>');
  const plugin = start < 0 ? '' : text.slice(start, text.indexOf('</plugin>', start) >>> 0);
  const properties = Array.from(text.matchAll(/<flyway\.(\w+)>([^<]*)<\/flyway\.\1>/g), ([, key = '', value = '']) => `<${key}>${value}</${key}>`);
  return [plugin, ...properties].join('\n').trim();
}

function closureOfFlyway(text: string): string {
  const start = /^[ \t]*flyway\s*\{/m.exec(text)?.index;
  return start === undefined ? '' : text.slice(start, text.indexOf('\n}', start) >>> 0);
}

function single(text: string, key: string): string | undefined {
  return new RegExp(`<${key}>([^<]*)</${key}>`).exec(text)?.[1] ?? property(text, ending(key));
}

/** `["a", "b"]`, `listOf("a", "b")`, `a,b`, a list of YAML, or elements of XML. */
function list(text: string, key: string): readonly string[] | undefined {
  const elements = new RegExp(`<${key}>([^]*?)</${key}>`).exec(text)?.[1];
  if (elements?.includes('<')) return Array.from(elements.matchAll(/>([^<>]+)</g), ([, item = '']) => item.trim()).filter(Boolean);
  const array = new RegExp(`(?:^|[\\s.])${spelling(key)}\\s*[=:]\\s*(?:\\[|\\w+\\()([^[\\]()]*)[\\])]`, 'i').exec(text)?.[1];
  const items = (elements ?? array ?? property(text, ending(key)))?.split(/[,;]/).map((item) => item.trim().replace(/^(["'])(.*)\1$/, '$2'));
  return items?.filter(Boolean);
}

function ending(key: string): RegExp {
  return new RegExp(`(?:^|\\.)${spelling(key)}$`, 'i');
}

/** `sqlMigrationPrefix` is `sql-migration-prefix` for Spring. */
function spelling(key: string): string {
  return key.replace(/[A-Z]/g, '-?$&');
}
