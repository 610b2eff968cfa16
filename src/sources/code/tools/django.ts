// Migrations of Django: a class with a list of operations.
// Source: django/db/migrations/migration.py and django/db/migrations/operations/ of Django 5.2.

import { unreadable } from '../python/python-tool.ts';
import type { ReadCode } from '../reading/code-reading.ts';
import { readMigration } from './django/migration.ts';
import { appOf } from './django/project/app-label.ts';
import { before } from './django/project/history.ts';

export const django: ReadCode = (file) => {
  const { up, down, comments, isEmpty } = readMigration(file.text, file.directory ? appOf(file.directory) : '', before(file), 'sql');
  return isEmpty ? unreadable('there is no class "Migration" in it') : { up, down, comments };
};
