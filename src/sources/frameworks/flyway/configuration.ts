// What the configuration of Flyway says, wherever a project keeps it: in files of its own, of Spring, of Maven or of Gradle.
// Source: documentation.red-gate.com/flyway, "Configuration"; docs.spring.io, "Common Application Properties" (spring.flyway).

import type { Directory } from '../../disk/directory.ts';
import { property } from '../settings/properties.ts';

/** A file that says something of Flyway. */
export interface ConfigurationFile {
  readonly directory: Directory;
  readonly text: string;
}

/** The nearest first. Of a text that is about more than Flyway, what is about it. */
export function configurationFiles(directory: Directory): readonly ConfigurationFile[] {
  const known = read.get(directory) ?? [...directory.upwards()].flatMap(filesIn);
  read.set(directory, known);
  return known;
}

/** Undefined where nothing says it. `key`: in camel case, as Flyway writes it. */
export function said(directory: Directory, key: string): string | undefined {
  return saidIn(configurationFiles(directory), (text) => single(text, key));
}

/** A list, and where it is said. */
export function saidList(directory: Directory, key: string): { readonly items: readonly string[]; readonly from: Directory } | undefined {
  return saidIn(configurationFiles(directory), (text, from) => {
    const items = list(text, key);
    return items && { items, from };
  });
}

function saidIn<T>(files: readonly ConfigurationFile[], find: (text: string, directory: Directory) => T | undefined): T | undefined {
  for (const { text, directory } of files) {
    const found = find(text, directory);
    if (found !== undefined) return found;
  }
  return undefined;
}

const read = new WeakMap<Directory, readonly ConfigurationFile[]>();

type Excerpt = (text: string) => string;

const whole: Excerpt = (text) => text;

const kinds: readonly { readonly names: readonly string[]; readonly excerpt: Excerpt }[] = [
  { names: ['flyway.toml', 'flyway.user.toml', 'flyway.conf', 'conf/flyway.conf', 'conf/flyway.toml'], excerpt: whole },
  { names: ['application.properties', 'src/main/resources/application.properties'], excerpt: linesOfFlyway },
  { names: ['application.yml', 'application.yaml', 'src/main/resources/application.yml', 'src/main/resources/application.yaml'], excerpt: blockOfFlyway },
  { names: ['pom.xml'], excerpt: pluginOfFlyway },
  { names: ['build.gradle', 'build.gradle.kts'], excerpt: closureOfFlyway },
];

function filesIn(directory: Directory): ConfigurationFile[] {
  return kinds.flatMap(({ names, excerpt }) =>
    names.flatMap((name) => {
      const text = excerpt(directory.text(name) ?? '');
      return text === '' ? [] : [{ directory, text }];
    }),
  );
}

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

function pluginOfFlyway(text: string): string {
  const start = text.indexOf('<artifactId>flyway-maven-plugin</artifactId>');
  return start < 0 ? '' : text.slice(start, text.indexOf('</plugin>', start) >>> 0);
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
  if (elements !== undefined) return Array.from(elements.matchAll(/>([^<>]+)</g), ([, item = '']) => item.trim()).filter(Boolean);
  const array = new RegExp(`(?:^|[\\s.])${spelling(key)}\\s*[=:]\\s*(?:\\[|\\w+\\()([^\\])]*)[\\])]`, 'i').exec(text)?.[1];
  const items = (array ?? property(text, ending(key)))?.split(/[,;]/).map((item) => item.trim().replace(/^(["'])(.*)\1$/, '$2'));
  return items?.filter(Boolean);
}

function ending(key: string): RegExp {
  return new RegExp(`(?:^|\\.)${spelling(key)}$`, 'i');
}

/** `sqlMigrationPrefix` is `sql-migration-prefix` for Spring. */
function spelling(key: string): string {
  return key.replace(/[A-Z]/g, '-?$&');
}
