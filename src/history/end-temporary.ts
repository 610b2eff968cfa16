// Temporary relations end with their connection, at DISCARD, and at the end of a transaction where they say so.

import type { Catalog } from '../model/catalog.ts';
import { takenBy } from '../model/dependencies/taken.ts';
import { NameList } from '../model/name-list.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import { oldestVersion } from '../model/version.ts';
import { losePart } from './dependencies/lose.ts';
import { dropTable } from './drop-table.ts';

/** All that was made up to now. */
export function endTemporary(catalog: Catalog): Catalog {
  const { temporaries } = catalog.parts;
  return temporaries.length === 0 ? catalog : end(catalog, temporaries.values()).with({ temporaries: NameList.empty, endsAtCommit: [] });
}

/** The connection ends, perhaps: what shares it with the next migration is there still. */
export function leaveConnection(catalog: Catalog): Catalog {
  const isThere = (name: QualifiedName): boolean => typeof catalog.parts.relations.get(printName(name)) === 'object';
  const left = catalog.parts.temporaries.values().filter(isThere);
  const ended = endTemporary(catalog);
  return left.length === 0 ? ended : ended.with({ relations: left.reduce((map, name) => map.with(printName(name), 'unknown'), ended.parts.relations) });
}

/** ON COMMIT DROP. */
export function dropAtCommit(catalog: Catalog): Catalog {
  const { endsAtCommit } = catalog.parts;
  return endsAtCommit.length === 0 ? catalog : end(catalog, endsAtCommit).with({ endsAtCommit: [] });
}

/** Whatever depends on them goes too: rules and defaults of permanent tables. All versions agree on what that is. */
function end(catalog: Catalog, names: readonly QualifiedName[]): Catalog {
  const parts = names.map((name) => ({ kind: 'relation', name }) as const);
  const freed = takenBy(parts, catalog, oldestVersion).reduce((next, { part }) => losePart(next, part, oldestVersion), catalog);
  return names.reduce(dropTable, freed);
}
