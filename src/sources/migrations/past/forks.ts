// New revisions that make a second end of a graph that had one: they follow one that another one follows too.

import { groupBy } from '../../../text/group-by.ts';
import { localDisk } from '../../disk/disk.ts';
import { toSlashes } from '../../disk/expand.ts';
import type { Revision } from '../../frameworks/conduct.ts';
import type { KnownFile } from '../earlier-migrations.ts';
import type { PastFact } from './past-fact.ts';
import { isFromTip, isNew, type Times } from './times.ts';

interface Node extends Revision {
  readonly file: string;
  readonly origin: 'here' | 'base' | 'tip';
}

export function forksIn(times: Times): readonly PastFact[] {
  const nodes = nodesIn(times);
  return [...groupBy(nodes, ({ graph }) => graph).values()].flatMap((graph) => forkIn(graph, times) ?? []);
}

/** Whoever has several ends already runs them all. */
function forkIn(nodes: readonly Node[], { isAsked }: Times): PastFact | undefined {
  const olds = nodes.filter(({ origin }) => origin !== 'here');
  const ends = endsOf(nodes);
  const [other, second] = endsOf(olds);
  if (other === undefined || second || ends.length < 2) return undefined;
  const own = ends.find(({ origin }) => origin === 'here');
  const root = own && beginningOf(own, nodes);
  if (root === undefined || !isAsked(root.file)) return undefined;
  const beside = ends.find((one) => one !== own) ?? other;
  return { kind: 'fork', file: root.file, beside: beside.file, isOnTip: beside.origin === 'tip' };
}

function endsOf(nodes: readonly Node[]): readonly Node[] {
  const followed = new Set(nodes.flatMap(({ follows }) => follows));
  return nodes.filter(({ id }) => !followed.has(id));
}

/** The first new one of the line that leads to an end. */
function beginningOf(end: Node, nodes: readonly Node[]): Node {
  const byId = new Map(nodes.map((one) => [one.id, one]));
  const seen = new Set<Node>();
  let at = end;
  while (!seen.has(at)) {
    seen.add(at);
    const before = at.follows.map((id) => byId.get(id)).find((one) => one?.origin === 'here');
    if (before === undefined) return at;
    at = before;
  }
  return end;
}

function nodesIn(times: Times): readonly Node[] {
  const { now, tip = [], base, changes, home } = times;
  const known = new Set([...now, ...base].map(({ identity }) => identity));
  const node = (one: KnownFile, text: string, origin: Node['origin']): Node[] => {
    const revision = home.framework.conduct?.revisionOf?.(toSlashes(one.file), text);
    return revision === undefined ? [] : [{ ...revision, file: one.file, origin }];
  };
  return [
    ...now.flatMap((one) => node(one, localDisk.beginningOf(one.file), isNew(one, times) && !isFromTip(one, times) ? 'here' : 'base')),
    ...tip.filter(({ identity }) => !known.has(identity)).flatMap((one) => node(one, changes.tip?.beginningOf(one.file) ?? '', 'tip')),
  ];
}
