// Liquibase: formatted SQL, whose changesets are migrations of their own, in the order of the changelogs that include the files; and
// what it prints of any changelog. Source: docs.liquibase.com, "Formatted SQL changelog" and "update-sql".

import type { TransactionMode } from '../../model/migration.ts';
import type { Directory } from '../disk/directory.ts';
import { settingsOfOptions } from './settings/connection-settings.ts';
import { uncut } from './files/cut.ts';
import type { Framework, Several, SqlFile } from './framework.ts';
import { looksInside } from './files/look-inside.ts';
import { byName, nameOf } from './files/places.ts';
import { changesetsIn, formattedMark } from './liquibase/formatted-sql.ts';
import { printedChangesets, printedMark } from './liquibase/update-sql.ts';
import { springSettings } from './settings/spring.ts';

const marks = new RegExp(`(?<![\\s\\S])${formattedMark.source.slice(1)}|${printedMark.source}`, 'im');

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
  cut: uncut,
  migrationsIn,
  settings: (root) => new Map([...springSettings(root, 'liquibase'), ...settingsOfOptions(root.nearest('liquibase.properties'))]),
};

function migrationsIn({ text }: SqlFile, transaction: TransactionMode): Several {
  const isPrinted = printedMark.test(text) && !formattedMark.test(text);
  return isPrinted ? printedChangesets(text, transaction) : changesetsIn(text, transaction);
}

/** The order in which a changelog of another format includes the files. */
function listedIn(root: Directory): readonly string[] {
  const directories = [root, ...(root.parent ? [root.parent] : [])];
  const changelogs = directories.flatMap((directory) =>
    directory.names.filter((name) => /changelog.*\.(?:ya?ml|xml|json)$/i.test(name)).map((name) => directory.text(name) ?? ''),
  );
  return Array.from(changelogs.join('\n').matchAll(/[\w./\\-]+\.sql\b/g), ([path]) => nameOf(path.replaceAll('\\', '/')));
}
