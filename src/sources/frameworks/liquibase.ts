// Liquibase's formatted SQL: changesets in a file, each with a transaction of its own and its way back in comments.
// Source: docs.liquibase.com, "Formatted SQL changelog".

import type { Part, TransactionMode } from '../../model/migration.ts';
import type { Span } from '../../text/span.ts';
import type { Directory } from '../disk/directory.ts';
import { settingsOfOptions } from './settings/connection-settings.ts';
import type { Cut, Framework, SqlFile } from './framework.ts';
import { looksInside } from './files/look-inside.ts';
import { byName, nameOf } from './files/places.ts';
import { springSettings } from './settings/spring.ts';

const marks = /^\s*--[ \t]*liquibase[ \t]+formatted[ \t]+sql\b/i;

export const liquibase: Framework = {
  name: 'liquibase',
  title: 'Liquibase',
  leaving: 'a changeset of its own with runInTransaction:false',
  unit: 'changeset',
  layout: 'nested',
  rootOf: looksInside(marks),
  marks,
  transaction: () => 'file',
  places: (root) => {
    const listed = listedIn(root);
    return (path) => {
      const index = listed.indexOf(nameOf(path));
      return index < 0 ? byName(path) : { role: 'up', order: [BigInt(index)] };
    };
  },
  cut,
  settings: (root) => new Map([...springSettings(root, 'liquibase'), ...settingsOfOptions(root.nearest('liquibase.properties'))]),
};

/** The order in which a changelog of another format includes the files. */
function listedIn(root: Directory): readonly string[] {
  const directories = [root, ...(root.parent ? [root.parent] : [])];
  const changelogs = directories.flatMap((directory) =>
    directory.names.filter((name) => /changelog.*\.(?:ya?ml|xml|json)$/i.test(name)).map((name) => directory.text(name) ?? ''),
  );
  return Array.from(changelogs.join('\n').matchAll(/[\w./\\-]+\.sql\b/g), ([path]) => nameOf(path.replaceAll('\\', '/')));
}

const changesetLine = /^[ \t]*--[ \t]*changeset[ \t]+([^\n\r]*)/gim;
const rollbackLine = /^[ \t]*--[ \t]*rollback\b[ \t]*(?!not\b|empty\b|changeset)/gim;
const rollbackBlock = /\/\*[ \t]*liquibase[ \t]+rollback\b([\s\S]*?)\*\//gi;

function cut({ text }: SqlFile, transaction: TransactionMode): Cut {
  const marks = [...text.matchAll(changesetLine)];
  const [first] = marks;
  const changesets = marks.map((mark, index) => {
    const attributes = mark[1] ?? '';
    const span = { start: mark.index, end: marks[index + 1]?.index ?? text.length };
    const isWithout = /\brunInTransaction:["']?false\b/i.test(attributes);
    const delimiter = /\bendDelimiter:(["']?)([^\s"']+)\1/i.exec(attributes)?.[2];
    return { span, delimiter, runs: runsHere(attributes), transaction: isWithout ? ('statement' as const) : transaction };
  });
  const head: Part = { spans: [{ start: 0, end: first?.index ?? text.length }], transaction };
  const run = changesets.filter(({ runs }) => runs);
  return {
    up: [head, ...run.map(({ span, transaction: mode }): Part => ({ spans: [span], transaction: mode }))],
    down: run
      .map(({ span, transaction: mode }): Part => ({ spans: rollbacksIn(text, span), transaction: mode }))
      .filter(({ spans }) => spans.length > 0),
    ends: changesets.flatMap(({ span, delimiter }) => (delimiter === undefined ? [] : endsIn(text, span, delimiter))),
  };
}

/** A changeset for other databases is none of ours. */
function runsHere(attributes: string): boolean {
  const databases = /\bdbms:["']?([^\s"']+)/i.exec(attributes)?.[1]?.toLowerCase().split(',');
  if (/\bignore:["']?true\b/i.test(attributes)) return false;
  if (databases === undefined) return true;
  return databases.some((name) => ['postgresql', 'all', 'edb'].includes(name) || (name.startsWith('!') && name !== '!postgresql'));
}

/** A delimiter counts at the end of a line; one that could be a part of SQL is left alone where it stands within. */
function endsIn(text: string, { start, end }: Span, delimiter: string): Span[] {
  const pattern = new RegExp(`${delimiter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?=[ \\t]*$)`, 'gm');
  const firstLine = /^[^\n\r]*/.exec(text.slice(start, end))?.[0].length ?? 0;
  const body = text.slice(start + firstLine, end);
  return Array.from(body.matchAll(pattern), ({ 0: match, index }) => {
    const from = start + firstLine + index;
    return { start: from, end: from + match.length };
  });
}

function rollbacksIn(text: string, { start, end }: Span): Span[] {
  const body = text.slice(start, end);
  const lines = Array.from(body.matchAll(rollbackLine), ({ 0: mark, index }) => {
    const from = start + index + mark.length;
    return { start: from, end: from + (/^[^\n\r]*/.exec(text.slice(from))?.[0].length ?? 0) };
  });
  const blocks = Array.from(body.slice(0, body.lastIndexOf('*/') + 2).matchAll(rollbackBlock), ({ 0: all, 1: inside = '', index }) => {
    const from = start + index + all.indexOf(inside, 'liquibase'.length);
    return { start: from, end: from + inside.length };
  });
  return [...lines, ...blocks].toSorted((left, right) => left.start - right.start);
}
