// Sqitch: sqitch.plan gives the order of deploy/x.sql; revert/ is the way down, verify/ checks. The files say BEGIN and COMMIT.
// Source: sqitch.org/docs/manual/sitchchanges, sqitchtutorial.

import { dialectOf } from '../../../model/dialect.ts';
import type { Directory } from '../../disk/directory.ts';
import { settingsOfOptions } from '../settings/connection-settings.ts';
import { writeFurther } from './sqitch/further-changes.ts';
import { uncut } from '../files/cut.ts';
import type { Framework, Place, Role } from '../framework.ts';

export const sqitch: Framework = {
  name: 'sqitch',
  title: 'Sqitch',
  dialect: () => ({ ...dialectOf('Sqitch', ['colon']), psql: 'yes' }),
  authoring: { outside: 'marked', sendsSingly: true, opensItself: true, write: writeFurther },
  layout: 'nested',
  rootOf: (directory) => {
    const top = [...directory.upwards()].find(({ name }) => name in roles)?.parent;
    return top?.has('sqitch.plan') ? top : undefined;
  },
  evidence: { runs: /\bsqitch\s+(?:deploy|rebase|verify)\b|\bsqitch\/sqitch\b/ },
  /** Source: _sync_plan() of App::Sqitch::Engine, and info of App::Sqitch::Plan::Change: the id of a change is made of all before it, 1.5. */
  conduct: {
    late: 'refuses',
    hasList: true,
    isPlacedBy: 'sqitch.plan has the order: move its line to the end there',
    compares: 'nothing',
    changed: 'never deploys the change where this one is deployed; "sqitch check" alone sees it',
    gone: 'refuses to deploy where it is deployed',
  },
  transaction: () => 'statement',
  remembers: 'name',
  places: (root) => {
    const positions = positionsIn(root);
    return (path) => placeOf(path, positions);
  },
  strays: 'that is not in sqitch.plan',
  cut: uncut,
  settings: (root) => settingsOfOptions(root.text('sqitch.conf') ?? ''),
};

const roles: Readonly<Record<string, Role>> = { deploy: 'up', revert: 'down', verify: 'verify' };

function placeOf(path: string, positions: ReadonlyMap<string, number>): Place | undefined {
  const [, folder = '', change = ''] = /^(?:.*\/)?(deploy|revert|verify)\/(.+)\.sql$/.exec(path) ?? [];
  const role = roles[folder];
  const position = positions.get(change);
  if (role === undefined || (position === undefined && role === 'up')) return undefined;
  return { role, order: position === undefined ? [change] : [BigInt(position)] };
}

/**
 * A change that was reworked is deployed again: its old file is called `x@tag` then, after any of the tags between both.
 * Source: _parse() of App::Sqitch::Plan, _path_segments of App::Sqitch::Plan::Change.
 */
function positionsIn(root: Directory): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  const tags: string[] = [];
  const tagsBefore = new Map<string, number>();
  for (const line of (root.text('sqitch.plan') ?? '').split(/\r?\n/)) {
    const [, sign, name = ''] = /^([+@-]?)\s*([^\s@%#[]+)/.exec(line.trimStart()) ?? [];
    if (sign === '@') tags.push(name);
    if (name === '' || sign === '@') continue;
    const before = positions.get(name);
    if (before !== undefined) for (const tag of tags.slice(tagsBefore.get(name))) positions.set(`${name}@${tag}`, before);
    positions.set(name, positions.size);
    tagsBefore.set(name, tags.length);
  }
  return positions;
}
