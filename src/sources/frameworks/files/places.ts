// Orders that several tools share.

import type { Place, Role } from '../framework.ts';

/** By a number at the start of the name, `12_add_status.sql`, behind that of a folder, `3/12_add_status.sql`; undefined for a name without one. */
export function byNumber(path: string): Place | undefined {
  const number = /^(\d+)/.exec(nameOf(path))?.[1];
  const folder = /^(\d+)\//.exec(path)?.[1];
  return number === undefined ? undefined : { role: 'up', order: [...(folder === undefined ? [] : [BigInt(folder)]), BigInt(number), stemOf(path)] };
}

/** The same for tools that take `12_add_status.down.sql`, and nothing that is written otherwise, for the way down. */
export function byNumberAndDirection(path: string): Place | undefined {
  const place = byNumber(path);
  return place && { ...place, role: roleOf(path) };
}

/** By the name, letter by letter. */
export function byName(path: string): Place {
  return { role: 'up', order: [stemOf(path)] };
}

/** As people number what they keep: nothing but the names tells scripts apart. */
export function inNameOrder(): Place {
  return { role: 'up', order: [] };
}

/** By the folder that holds `up.sql` and `down.sql`. */
export function byFolder(order: (folder: string) => Place['order']): (path: string) => Place | undefined {
  return (path) => {
    const [, folder, role] = /(?:^|\/)([^/]+)\/(up|down|migration)\.sql$/i.exec(path) ?? [];
    return folder === undefined ? undefined : { role: role?.toLowerCase() === 'down' ? 'down' : 'up', order: order(folder) };
  };
}

function roleOf(path: string): Role {
  return path.endsWith('.down.sql') ? 'down' : 'up';
}

function stemOf(path: string): string {
  return path.replace(/(?:\.(?:up|down))?\.sql$/i, '');
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
