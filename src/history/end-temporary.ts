// Temporary relations end with their connection, at DISCARD, and at the end of a transaction where they say so.

import type { Catalog } from '../model/catalog.ts';
import { dropTable } from './drop-table.ts';

/** All that was made up to now. */
export function endTemporary(catalog: Catalog): Catalog {
  return catalog.parts.hasTemporary ? catalog.with({ temporarySince: catalog.parts.moment.statement + 1, endsAtCommit: [] }) : catalog;
}

/** ON COMMIT DROP. */
export function dropAtCommit(catalog: Catalog): Catalog {
  const { endsAtCommit } = catalog.parts;
  return endsAtCommit.length === 0 ? catalog : endsAtCommit.reduce(dropTable, catalog).with({ endsAtCommit: [] });
}
