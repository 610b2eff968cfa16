// The order in which `alembic upgrade heads` runs revisions: behind all that they build on, one branch after the other.
// Source: RevisionMap._topological_sort() in alembic/script/revision.py; where branches are free to come in any order, they come by the names
// of their files here.

import type { Directory } from '../../../disk/directory.ts';
import type { Revision } from '../../../frameworks/conduct.ts';
import type { Framework } from '../../../frameworks/framework.ts';

export const placesOfRevisions: Framework['places'] = (root, paths) => {
  const revisions = paths.flatMap((path) => revisionOf(root, path) ?? []);
  const positions = new Map(inOrder(revisions).map(({ path }, index) => [path, BigInt(index)]));
  return (path) => ({ role: 'up', order: [positions.get(path) ?? path] });
};

/** Undefined where the text is no revision, or one that says itself that it stands apart from others. */
export function alembicRevision(_path: string, text: string): Revision | undefined {
  const [id] = said(text, 'revision');
  return id === undefined ? undefined : { id, follows: [...said(text, 'down_revision'), ...said(text, 'depends_on')], graph: '' };
}

interface ReadRevision {
  /** That SQL in its place would have. */
  readonly path: string;
  readonly id: string;
  readonly labels: readonly string[];
  readonly follows: readonly string[];
  readonly depends: readonly string[];
}

function revisionOf(root: Directory, path: string): ReadRevision | undefined {
  const [, folder = '', stem = ''] = /^(?:(.*)\/)?([^/]*)\.sql$/.exec(path) ?? [];
  const text = root.below(folder).beginning(`${stem}.py`);
  const [id] = said(text, 'revision');
  if (id === undefined) return undefined;
  return { path, id, labels: said(text, 'branch_labels'), follows: said(text, 'down_revision'), depends: said(text, 'depends_on') };
}

/** The texts that a name of the module is worth: one, or several in brackets. */
function said(text: string, name: string): readonly string[] {
  const written = new RegExp(`^${name}(?:[ \\t]{0,20}:[^=\\n]{0,100})?[ \\t]{0,20}=[ \\t]{0,20}(\\([^)]{0,4000}\\)|\\[[^\\]]{0,4000}\\]|[^\\n(\\[]{0,300})`, 'm').exec(text)?.[1] ?? '';
  return Array.from(written.replace(/#.*$/gm, '').matchAll(/(["'])([^"'\n]+)\1/g), ([, , one = '']) => one);
}

/** Oldest first. What goes round in a circle, no run takes. */
function inOrder(revisions: readonly ReadRevision[]): readonly ReadRevision[] {
  const known = new Map<string, ReadRevision>();
  for (const one of revisions) for (const name of [...one.labels, one.id]) known.set(name, one);
  const named = (ids: readonly string[]): readonly ReadRevision[] => ids.flatMap((id) => known.get(id) ?? partOf(id, revisions) ?? []);
  const direct = new Map(revisions.map((one) => [one, [...new Set([...named(one.follows), ...named(one.depends)])]]));
  const below = new Map(revisions.map((one) => [one, [...new Set([...named(one.follows), ...furtherOf(named(one.depends), named(one.follows), direct)])]]));
  const under = new Set(revisions.flatMap((one) => below.get(one) ?? []));
  return fromAbove(revisions.filter((one) => !under.has(one)), revisions, below).toReversed();
}

type Below = ReadonlyMap<ReadRevision, readonly ReadRevision[]>;

/** What others lead to anyway is no dependency any more. */
function furtherOf(depends: readonly ReadRevision[], follows: readonly ReadRevision[], direct: Below): readonly ReadRevision[] {
  if (depends.length === 0) return [];
  const reached = ancestorsOf(follows, direct);
  return depends.filter((one) => !reached.has(one));
}

/** With themselves. */
function ancestorsOf(revisions: readonly ReadRevision[], below: Below): Set<ReadRevision> {
  const all = new Set(revisions);
  for (const one of all) for (const next of below.get(one) ?? []) all.add(next);
  return all;
}

interface Branch {
  readonly at: ReadRevision;
  readonly ancestors: Set<ReadRevision>;
}

/** Down one branch, as long as no other one builds on it too. */
function fromAbove(heads: readonly ReadRevision[], revisions: readonly ReadRevision[], below: Below): readonly ReadRevision[] {
  const todo = new Set(revisions);
  const done: ReadRevision[] = [];
  const branches: Branch[] = heads.map((at) => ({ at, ancestors: ancestorsOf([at], below) }));
  let index = 0;
  let most = MOST_STEPS + revisions.length * 20;
  for (let branch = branches[0]; branch && most > 0; branch = branches[index]) {
    most -= 1;
    const { at, ancestors } = branch;
    const other = branches.findIndex((one) => one !== branch && one.ancestors.has(at));
    if (other >= 0) {
      index = other;
      continue;
    }
    if (todo.delete(at)) done.push(at);
    const further = (below.get(at) ?? []).filter((one) => todo.has(one) && !branches.some((open) => open.at === one));
    const [first, ...others] = further;
    if (first === undefined) {
      branches.splice(index, 1);
      index = Math.max(index - 1, 0);
      continue;
    }
    const isLine = at.depends.length === 0 && at.follows.length === 1;
    if (isLine) ancestors.delete(at);
    branches[index] = { at: first, ancestors: isLine ? ancestors : ancestorsOf([first], below) };
    branches.push(...others.map((one) => ({ at: one, ancestors: ancestorsOf([one], below) })));
  }
  return [...done, ...todo];
}

/** Circles lead nowhere. */
const MOST_STEPS = 10_000;

/** Part of an id stands for all of it. */
function partOf(id: string, revisions: readonly ReadRevision[]): ReadRevision | undefined {
  return id.length < 4 ? undefined : revisions.find((one) => one.id.startsWith(id));
}
