// Models of apps that come with Django, as far as others point to them.
// Source: the migrations of django/contrib/auth, contenttypes, sites, sessions and admin of Django 5.2.

import type { Value } from '../../../tree/value.ts';
import type { Field } from '../fields/field.ts';
import { Models } from './model.ts';

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

export const contribModels: Models = names.reduce((models, [app, name]) => {
  const table = tables[name];
  const options = new Map<string, Value>(table === undefined ? [] : [['db_table', { kind: 'text', pieces: [{ text: table, place: { start: 0, end: 0 } }] }]]);
  return models.with({ app, name, fields: new Map([['id', key]]), options: name === 'User' ? new Map([...options, ['swappable', { kind: 'text', pieces: [{ text: 'AUTH_USER_MODEL', place: { start: 0, end: 0 } }] }]]) : options, bases: [], indexes: [], constraints: [] });
}, new Models());
