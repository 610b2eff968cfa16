// Where a new relation goes.

import { ordinaryStorage, type Catalog, type Lookup } from '../model/catalog.ts';
import type { Persistence } from '../model/changes/table-changes.ts';
import type { Relation } from '../model/relation.ts';
import type { Storage } from '../model/storage.ts';

/** A partition goes where its table was put, if it was; for what is temporary, temp_tablespaces says it, which nobody sets in a migration. */
export function newStorage(own: Storage, parent: Lookup<Relation> | undefined, persistence: Persistence, catalog: Catalog): Storage {
  const { tablespace, accessMethod } = own;
  const { defaultStorage: inForce } = catalog.parts;
  const defaultStorage = persistence === 'temporary' ? { ...inForce, tablespace: ordinaryStorage.tablespace } : inForce;
  const above = parent === undefined || parent === 'absent' ? defaultStorage : parent === 'unknown' ? nowhere : parent.storage;
  const isOrdinary = above.tablespace === ordinaryStorage.tablespace;
  return {
    tablespace: tablespace ?? (isOrdinary ? defaultStorage.tablespace : above.tablespace),
    accessMethod: accessMethod ?? defaultStorage.accessMethod,
  };
}

const nowhere: Storage = { tablespace: undefined, accessMethod: undefined };
