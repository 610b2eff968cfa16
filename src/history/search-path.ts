// Along which schemas names are looked up, by the settings of a session.

import type { Catalog } from '../model/catalog.ts';
import { NOWHERE } from '../model/names.ts';
import { settingInForce, type Session } from '../model/session.ts';
import type { SettingValue } from '../model/statement.ts';
import { absenceOfSchema } from './refusals/absence.ts';
import type { Story } from './story.ts';

/**
 * Undefined where only the server knows. Schemas that are certainly not there are passed over; where a statement of the migration leaves
 * none, names without a schema mean nothing. Source: recomputeNamespacePath() in src/backend/catalog/namespace.c.
 */
export function pathInForce({ session, catalog }: Story): readonly string[] | undefined {
  const value = settingInForce(session, 'search_path');
  const schemas = value === undefined ? ['public'] : schemasOf(value);
  if (value === undefined || schemas === undefined || !isSetHere(session) || catalog.isAnythingDoubted()) return schemas;
  const there = schemas.filter((schema) => isThere(schema, catalog));
  return there.length === 0 && !namesUser(value) ? [NOWHERE] : there;
}

/** Undefined where only the server knows. */
export function schemasOf(value: SettingValue): readonly string[] | undefined {
  if (value.kind === 'unreadable') return undefined;
  return itemsOf(value).filter((schema) => schema !== USER && schema !== '');
}

/** Does it name no schema at all? */
export function isNowhere(value: SettingValue): boolean {
  return schemasOf(value)?.length === 0 && !namesUser(value);
}

const USER = '$user';

/** Nobody knows here whether there is a schema of the name of whoever runs it. */
function namesUser(value: SettingValue): boolean {
  return itemsOf(value).includes(USER);
}

function itemsOf(value: SettingValue): readonly string[] {
  if (value.kind === 'list') return value.items;
  return value.kind === 'text' ? [value.text] : value.kind === 'default' ? ['public'] : [];
}

/** By a statement, and not by what connections start with. */
function isSetHere({ localSettings, sessionSettings }: Session): boolean {
  return (localSettings.get('search_path') ?? sessionSettings.get('search_path') ?? { kind: 'default' }).kind !== 'default';
}

function isThere(schema: string, catalog: Catalog): boolean {
  return schema === 'pg_temp' || schema === 'pg_catalog' || absenceOfSchema(schema, catalog) === undefined;
}
