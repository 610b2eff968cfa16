// What to do where migrations are code: tools that print their SQL.

import { Directory } from '../disk/directory.ts';

const tools: readonly { readonly file: string; readonly command: string; readonly title: string }[] = [
  { file: 'alembic.ini', title: 'Alembic', command: 'alembic upgrade head --sql | pgmigrate-lint -' },
  { file: 'manage.py', title: 'Django', command: 'python manage.py sqlmigrate APP NAME | pgmigrate-lint --framework django -' },
];

/** Undefined where nothing speaks for such a tool. */
export function printingHint(path: string): string | undefined {
  const above = [...new Directory(path).upwards()];
  const tool = tools.find(({ file }) => above.some((directory) => directory.has(file)));
  return tool && `${tool.title} prints its SQL: ${tool.command}`;
}
