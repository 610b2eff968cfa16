// What a changelog of Liquibase runs, in its order: SQL files that it includes, and what is written as code, in it and in the changelogs
// that it includes. Source: DatabaseChangeLog.handleInclude() and handleIncludeAll(), ChangeSet.load() in liquibase/liquibase.

import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { TransactionMode } from '../../../../model/migration.ts';
import { Directory } from '../../../disk/directory.ts';
import { isInside } from '../../../disk/inside.ts';
import { attributeOf, nodeNamed, type ChangelogNode } from './changelog-node.ts';
import { runsOnPostgres } from './changeset-line.ts';
import { xmlNodes } from './xml-nodes.ts';
import { yamlNodes } from './yaml-nodes.ts';

export interface ChangelogEntry {
  /** Absolute. */
  readonly file: string;
  /** `code`: changesets in that very changelog that are no SQL file. */
  readonly kind: 'sql' | 'code';
  /** The changeset that runs a file without changesets of its own. */
  readonly changeset?: EntryChangeset;
}

export interface EntryChangeset {
  readonly author: string;
  readonly id: string;
  /** Undefined: it says nothing of it. */
  readonly transaction: TransactionMode | undefined;
}

export interface Changelog {
  readonly entries: readonly ChangelogEntry[];
  /** The changelogs that it includes, and so on. Absolute. */
  readonly includes: ReadonlySet<string>;
}

/** `project`: nothing outside of it is read. Each SQL file is in it once, where it is run first. */
export function readChangelog(file: string, project: string): Changelog {
  const walk = new Walk(project);
  walk.changelog(file);
  walk.includes.delete(file);
  return walk;
}

const mostFiles = 5000;
const deepestFolder = 20;

class Walk implements Changelog {
  readonly entries: ChangelogEntry[] = [];
  readonly includes = new Set<string>();
  readonly #files = new Set<string>();
  readonly #project: string;

  constructor(project: string) {
    this.#project = project;
  }

  changelog(file: string): void {
    if (this.includes.has(file) || this.includes.size >= mostFiles) return;
    this.includes.add(file);
    const text = isOwn(file, this.#project) ? new Directory(dirname(file)).text(basename(file)) : undefined;
    for (const child of text === undefined ? [] : childrenIn(text, file)) this.#child(child, file);
  }

  #child(node: ChangelogNode, changelog: string): void {
    if (node.name === 'include') this.#include(this.#find(node, 'file', changelog));
    else if (node.name === 'includeAll') this.#includeAll(node, this.#find(node, 'path', changelog));
    else if (node.name === 'changeSet' && runsHere(node)) this.#changeSet(node, changelog);
  }

  #include(file: string | undefined): void {
    if (file === undefined) return;
    if (/\.sql$/i.test(file)) this.#add({ file, kind: 'sql' });
    else if (/\.(?:xml|ya?ml|json)$/i.test(file)) this.changelog(file);
    else this.#add({ file, kind: 'code' });
  }

  /** In the order of their paths. */
  #includeAll(node: ChangelogNode, directory: string | undefined): void {
    if (directory === undefined) return;
    const [least, most] = [Number(attributeOf(node, 'minDepth') ?? 0), Number(attributeOf(node, 'maxDepth') ?? deepestFolder)];
    const ending = attributeOf(node, 'endsWithFilter')?.trim().toLowerCase() ?? '';
    const files = filesBelow(directory, Math.min(most, deepestFolder)).filter((file) => file.toLowerCase().endsWith(ending));
    const deep = files.filter((file) => relative(directory, file).split(sep).length >= least);
    for (const file of deep.toSorted((left, right) => (left < right ? -1 : 1))) if (/\.(?:sql|xml|ya?ml|json)$/i.test(file)) this.#include(file);
  }

  #changeSet(node: ChangelogNode, changelog: string): void {
    for (const change of changesIn(node)) {
      const file = change.name === 'sqlFile' ? this.#find(change, 'path', changelog) : undefined;
      if (file === undefined) this.#add({ file: changelog, kind: 'code' });
      else if (runsHere(change)) this.#add({ file, kind: 'sql', changeset: changesetOf(node, change) });
    }
  }

  #add(entry: ChangelogEntry): void {
    if (entry.kind === 'code' && this.entries.at(-1)?.kind === 'code' && this.entries.at(-1)?.file === entry.file) return;
    if (entry.kind === 'sql' && (this.#files.has(entry.file) || this.#files.size >= mostFiles)) return;
    this.#files.add(entry.file);
    this.entries.push(entry);
  }

  /** Where Liquibase looks for files is said when it is run: the nearest directory above the changelog from which the path leads to one. */
  #find(node: ChangelogNode, attribute: string, changelog: string): string | undefined {
    const written = attributeOf(node, attribute)?.replace(/^classpath\*?:/, '').replaceAll('\\', '/').replace(/^\/+/, '');
    if (written === undefined) return undefined;
    const isRelative = attributeOf(node, 'relativeToChangelogFile') === 'true';
    const above = isRelative ? [dirname(changelog)] : Array.from(new Directory(dirname(changelog)).upwards(), ({ path }) => path);
    return above.map((directory) => resolve(directory, written)).find((path) => isOwn(path, this.#project));
  }
}

function childrenIn(text: string, name: string): readonly ChangelogNode[] {
  const nodes = /\.xml$/i.test(name) ? xmlNodes(text) : yamlNodes(text);
  return nodeNamed(nodes, 'databaseChangeLog')?.children ?? [];
}

/** Some changeset of it, for PostgreSQL, is more than SQL files that it runs. */
export function holdsCode(text: string, name: string): boolean {
  const changesets = childrenIn(text, name).filter((node) => node.name === 'changeSet' && runsHere(node));
  return changesets.flatMap(changesIn).some((change) => change.name !== 'sqlFile');
}

function changesIn(changeset: ChangelogNode): readonly ChangelogNode[] {
  const inList = changeset.children.find(({ name }) => name === 'changes')?.children;
  const changes = inList ?? changeset.children.filter(({ name, value }) => value === undefined && !besideChanges.has(name));
  return changes.filter(({ name }) => !changesNothing.has(name));
}

/** What stands in a changeset and is none of its changes. */
const besideChanges: ReadonlySet<string> = new Set(['comment', 'preConditions', 'rollback', 'validCheckSum', 'modifySql', 'property']);
const changesNothing: ReadonlySet<string> = new Set(['tagDatabase', 'empty', 'output', 'stop']);

function runsHere(node: ChangelogNode): boolean {
  return attributeOf(node, 'ignore') !== 'true' && runsOnPostgres(attributeOf(node, 'dbms') ?? '');
}

function changesetOf(changeset: ChangelogNode, file: ChangelogNode): EntryChangeset {
  const isWithout = attributeOf(changeset, 'runInTransaction') === 'false';
  const isWhole = attributeOf(file, 'splitStatements') === 'false';
  return {
    author: attributeOf(changeset, 'author') ?? '',
    id: attributeOf(changeset, 'id') ?? '',
    transaction: isWithout ? (isWhole ? 'batch' : 'statement') : undefined,
  };
}

function isOwn(path: string, project: string): boolean {
  return existsSync(path) && isInside(path, [project]);
}

/** Through no links: they may go round in a circle. */
function filesBelow(directory: string, depth: number): string[] {
  const files: string[] = [];
  const search = (path: string, left: number): void => {
    for (const entry of entriesIn(path)) {
      if (files.length >= mostFiles) return;
      if (entry.isFile()) files.push(join(path, entry.name));
      else if (entry.isDirectory() && left > 1) search(join(path, entry.name), left - 1);
    }
  };
  if (depth > 0) search(directory, depth);
  return files;
}

function entriesIn(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
