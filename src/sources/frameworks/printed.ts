// Tools whose migrations are code, through the SQL that they print: `alembic upgrade --sql`, `manage.py sqlmigrate`.
// It says BEGIN and COMMIT itself, and comments tell its migrations apart.

import type { FrameworkName } from '../../model/framework.ts';
import type { Settings } from '../../model/session.ts';
import type { Directory } from '../disk/directory.ts';
import { agreed, settingOf, settingsOfOptions, settingsOfSql } from './settings/connection-settings.ts';
import { uncut } from './files/cut.ts';
import type { Framework, Printed } from './framework.ts';

export const alembic = printed('alembic', 'Alembic', /^-- Running (?:upgrade|downgrade)\b.*->/m, alembicSettings);
export const django = printed('django', 'Django', /^BEGIN;\r?\n--\r?\n-- (?:Create|Delete|Add|Remove|Alter|Rename|Raw|Custom|Concurrently)\b.*\r?\n--\r?$/m, djangoSettings);
export const rails = printed('rails', 'Rails', undefined, railsSettings);
export const ecto = printed('ecto', 'Ecto');
export const knex = printed('knex', 'Knex', undefined, knexSettings);
export const typeorm = printed('typeorm', 'TypeORM');
export const sequelize = printed('sequelize', 'Sequelize');

function printed(name: FrameworkName, title: string, marks?: RegExp, settings?: (root: Directory) => Settings): Framework {
  return {
    name,
    title,
    layout: 'nested',
    rootOf: () => undefined,
    transaction: () => 'statement',
    places: () => () => undefined,
    cut: uncut,
    migrationsIn,
    ...(marks ? { marks } : {}),
    ...(settings ? { settings } : {}),
  };
}

/** Alembic's own comments, and `-- Migration NAME`, which a loop over sqlmigrate can print. */
const heading = /^-- (?:Running (upgrade|downgrade)|Migration\b)[^\n\r]*/gim;

/** What comes before the first heading, such as BEGIN, belongs to the first migration. Who prints only a way down wants it read. */
function migrationsIn(text: string): readonly Printed[] {
  const headings = [...text.matchAll(heading)];
  const isAllDown = headings.every(({ 1: direction = '' }) => direction.toLowerCase() === 'downgrade');
  if (headings.length === 0) return [{ role: 'up', span: { start: 0, end: text.length } }];
  return headings.map(({ index, 1: direction = '' }, position) => ({
    role: direction.toLowerCase() === 'downgrade' && !isAllDown ? 'down' : 'up',
    span: { start: position === 0 ? 0 : index, end: headings[position + 1]?.index ?? text.length },
  }));
}

/** Its env.py makes the connection, and may run SQL on it. */
function alembicSettings(root: Directory): Settings {
  const code = root.nearest('alembic/env.py', 'migrations/env.py');
  return new Map([...settingsOfOptions(`${root.nearest('alembic.ini')}\n${code}`), ...settingsOfSql(code)]);
}

/** OPTIONS in the settings that manage.py names. */
function djangoSettings(root: Directory): Settings {
  const module = /DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/.exec(root.nearest('manage.py'))?.[1] ?? 'settings';
  return settingsOfOptions(root.nearest(`${module.replaceAll('.', '/')}.py`));
}

/** `variables:` of its database.yml are set on each connection. Source: PostgreSQLAdapter#configure_connection. */
function railsSettings(root: Directory): Settings {
  const text = root.nearest('config/database.yml');
  const blocks = Array.from(text.matchAll(/^( *)variables:[ \t]*\r?\n((?:\1 +.*(?:\r?\n|$))+)/gm), ([, , block = '']) => block);
  const pairs = blocks.join('\n').matchAll(/^\s*(\w+):[ \t]*([^\s#][^#\n\r]*?)[ \t]*(?:#.*)?$/gm);
  return agreed([...settingsOfOptions(text), ...Array.from(pairs, ([, name = '', value = '']) => settingOf(name, value))]);
}

/** afterCreate of its pool runs SQL on each connection. */
function knexSettings(root: Directory): Settings {
  const text = root.nearest('knexfile.ts', 'knexfile.js', 'knexfile.mjs', 'knexfile.cjs');
  return new Map([...settingsOfOptions(text), ...settingsOfSql(text)]);
}
