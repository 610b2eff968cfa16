// Models of apps that come with Django, as far as others point to them.
// Source: the migrations of django/contrib/auth, contenttypes, sites, sessions and admin of Django 5.2.

import { textOf, type Value } from '../../../tree/value.ts';
import type { Field } from '../fields/field.ts';
import { Models } from './model.ts';

const nowhere = { start: 0, end: 0 };

const yes: Value = { kind: 'constant', value: true };

/** Their keys are AutoFields, whatever the project says. */
const key: Field = { path: 'django.db.models.AutoField', kind: 'AutoField', args: new Map([['primary_key', yes]]) };

const names: readonly (readonly [app: string, name: string])[] = [
  ['auth', 'User'],
  ['auth', 'Group'],
  ['auth', 'Permission'],
  ['contenttypes', 'ContentType'],
  ['sites', 'Site'],
  ['admin', 'LogEntry'],
  ['flatpages', 'FlatPage'],
  ['redirects', 'Redirect'],
];

/** `django_content_type`: these are called otherwise than their app and their name say. */
const tables: Readonly<Record<string, string>> = { ContentType: 'django_content_type', Site: 'django_site', LogEntry: 'django_admin_log', FlatPage: 'django_flatpage', Redirect: 'django_redirect' };

/** `own`: labels of the project's apps, which stand in the place of Django's. */
export function contribModels(own: ReadonlySet<string>): Models {
  return names.filter(([app]) => !own.has(app)).reduce(withModel, new Models());
}

function withModel(models: Models, [app, name]: (typeof names)[number]): Models {
  const table = tables[name];
  const options = new Map<string, Value>([...(table === undefined ? [] : [['db_table', textOf(table, nowhere)] as const]), ...(name === 'User' ? [['swappable', textOf('AUTH_USER_MODEL', nowhere)] as const] : [])]);
  return models.with({ app, name, fields: new Map([['id', key]]), options, bases: [], indexes: [], constraints: [] });
}
