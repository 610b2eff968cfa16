// What settings mean for the catalog: names are looked up along the search path in force, and tables are made where the settings say.

import { ordinaryStorage } from '../model/catalog.ts';
import { settingInForce, type Session } from '../model/session.ts';
import type { SettingValue } from '../model/statement.ts';
import type { Storage } from '../model/storage.ts';
import type { Story } from './story.ts';

export function followSettings<Told extends Pick<Story, 'catalog' | 'session'>>(story: Told): Told {
  const { searchPath, defaultStorage } = story.catalog.parts;
  const value = settingInForce(story.session, 'search_path');
  const schemas = value === undefined ? ['public'] : (schemasOf(value) ?? searchPath);
  const storage = storageOf(story.session);
  if (String(schemas) === String(searchPath) && isSameStorage(storage, defaultStorage)) return story;
  return { ...story, catalog: story.catalog.with({ searchPath: schemas, defaultStorage: storage }) };
}

function storageOf(session: Session): Storage {
  return {
    tablespace: wordOf(session, 'default_tablespace') || ordinaryStorage.tablespace,
    accessMethod: wordOf(session, 'default_table_access_method') || ordinaryStorage.accessMethod,
  };
}

function wordOf(session: Session, name: string): string {
  const value = settingInForce(session, name);
  return value?.kind === 'text' ? value.text : '';
}

function isSameStorage(left: Storage, right: Storage): boolean {
  return left.tablespace === right.tablespace && left.accessMethod === right.accessMethod;
}

function schemasOf(value: SettingValue): readonly string[] | undefined {
  if (value.kind === 'unreadable') return undefined;
  const schemas = value.kind === 'default' ? ['public'] : value.kind === 'list' ? value.items : [value.text];
  return schemas.filter((schema) => schema !== '$user' && schema !== '');
}
