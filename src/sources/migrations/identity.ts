// By what a tool tells a migration that it has run from one that it has not.

import type { Framework, Place } from '../frameworks/framework.ts';

/** Equal for files that the tool takes for the same migration. `path`: below the root of the history; `text`: how it begins. */
export function identityOf({ remembers = 'path', knownAs }: Framework, place: Place | undefined, path: string, text: () => string): string {
  const role = place === undefined || place.isStray === true ? 'not run' : place.role;
  return `${role} ${knownAs?.(text()) ?? versionIn(remembers, place, path)}`;
}

function versionIn(remembers: NonNullable<Framework['remembers']>, place: Place | undefined, path: string): string {
  if (remembers === 'contents') return '';
  const stem = path.replace(/\.\w+$/, '');
  if (remembers === 'path' || place === undefined) return stem;
  const name = stem.slice(stem.lastIndexOf('/') + 1);
  // Sqitch keeps what a change was before it was made anew as `change@tag`.
  return (remembers === 'number' ? (numberIn(place) ?? /^0*(\d+)/.exec(name)?.[1]) : undefined) ?? name.replace(/@.*$/, '');
}

/** Leading zeros make no other number. */
function numberIn(place: Place | undefined): string | undefined {
  const order = place?.order ?? [];
  const numbers = order.filter((one) => typeof one === 'bigint');
  const [first = ''] = order;
  const leading = typeof first === 'string' ? /^(?:.*\/)?0*(\d+)/.exec(first)?.[1] : undefined;
  return numbers.length > 0 ? numbers.join('.') : leading;
}
