// Tools whose migrations are code, through the SQL that they print: `alembic upgrade --sql`, `manage.py sqlmigrate`.
// It says BEGIN and COMMIT itself, and comments tell its migrations apart.

import type { FrameworkName } from '../../model/framework.ts';
import type { TransactionMode } from '../../model/migration.ts';
import type { Settings } from '../../model/session.ts';
import type { Directory } from '../disk/directory.ts';
import { agreed, settingOf, settingsOfOptions, settingsOfSql } from './settings/connection-settings.ts';
import { uncut } from './files/cut.ts';
import { headed, type Heading } from './files/headed.ts';
import { inNameOrder } from './files/places.ts';
import { unknownDialect } from './dialect.ts';
import type { Framework, Several, SqlFile } from './framework.ts';

export const alembic = printed('alembic', 'Alembic', /^-- Running (?:upgrade|downgrade)\b.*->/m, alembicSettings);
/** Apps of Django and of libraries, such as auth, have migrations of their own. */
export const django: Framework = { takesUpOthers: true, ...printed('django', 'Django', /^BEGIN;\r?\n--\r?\n-- (?:Create|Delete|Add|Remove|Alter|Rename|Raw|Custom|Concurrently)\b.*\r?\n--\r?$/m, djangoSettings) };
export const rails = printed('rails', 'Rails', undefined, railsSettings);
export const ecto = printed('ecto', 'Ecto');
export const knex = printed('knex', 'Knex', undefined, knexSettings);
export const typeorm = printed('typeorm', 'TypeORM');
/** Source: createTableQuery() in packages/postgres of Sequelize, src/dialects/postgres/query-generator.js in 6. */
export const sequelize: Framework = { writesIfNotExists: true, ...printed('sequelize', 'Sequelize') };

function printed(name: FrameworkName, title: string, marks?: RegExp, settings?: (root: Directory) => Settings): Framework {
  return {
    name,
    title,
    layout: 'nested',
    rootOf: () => undefined,
    transaction: () => 'statement',
    remembers: 'contents',
    places: () => inNameOrder,
    cut: uncut,
    migrationsIn,
    isPrinted: true,
    dialect: unknownDialect,
    ...(marks ? { marks } : {}),
    ...(settings ? { settings } : {}),
  };
}

/** Alembic's own comments, and `-- Migration NAME`, which a loop over sqlmigrate can print. */
const heading = /^-- (?:Running (?<way>upgrade|downgrade)(?<from>[^\n\r]*)->(?<to>[^\n\r]*)|(?:Running (?:upgrade|downgrade)|Migration)\b(?<name>[^\n\r]*))/gim;

function migrationsIn({ text }: SqlFile, transaction: TransactionMode): Several {
  const headings = Array.from(text.matchAll(heading), ({ index, groups = {} }): Heading => {
    const { way = '', from = '', to = '', name = '' } = groups;
    const isDown = way.toLowerCase() === 'downgrade';
    return { start: index, name: firstWords(isDown ? from : to) ?? firstWords(name) };
  });
  return headed(text, headings, transaction);
}

/** Without what is said of it behind a comma. */
function firstWords(text: string): string | undefined {
  return text.split(',')[0]?.trim() || undefined;
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
  const pairs = blocks.join('\n').matchAll(/^[ \t]*(\w+):[ \t]*([^\s#][^#\n\r]*)(?:#.*)?$/gm);
  return agreed([...settingsOfOptions(text), ...Array.from(pairs, ([, name = '', value = '']) => settingOf(name, value.trimEnd()))]);
}

/** afterCreate of its pool runs SQL on each connection. */
function knexSettings(root: Directory): Settings {
  const text = root.nearest('knexfile.ts', 'knexfile.js', 'knexfile.mjs', 'knexfile.cjs');
  return new Map([...settingsOfOptions(text), ...settingsOfSql(text)]);
}
