// Files of SQL that a script reads from beside itself: `fs.readFileSync(path.join(__dirname, 'orders.sql'), 'utf8')`.

import { basename, dirname, join } from 'node:path';
import type { Directory } from '../../disk/directory.ts';
import type { CodeText } from '../reading/code-reading.ts';
import { handleOf, type Method } from './handles.ts';
import type { Imports } from './module.ts';
import { plainText, unknown, type Call, type Handle, type Value } from './value.ts';

/** What `__dirname` is worth. */
export const here: Value = { kind: 'text', pieces: [{ text: '.', place: { start: 0, end: 0 } }] };

/** Of `fs` and `path`. */
export function fileImports({ directory }: CodeText): Imports {
  const read: Method = (call) => contentsOf(call, directory);
  const files: Handle = handleOf({ properties: { promises: () => files, default: () => files }, methods: { readFileSync: read, readFile: read } });
  const paths: Handle = handleOf({ properties: { default: () => paths, posix: () => paths }, methods: { join: joined, resolve: joined } });
  return (module, name) => {
    const own = /^(?:node:)?fs(?:\/promises)?$/.test(module) ? files : /^(?:node:)?path$/.test(module) ? paths : undefined;
    if (own === undefined || name === '*' || name === 'default') return own;
    const part = own.get(name);
    return part.kind === 'handle' ? part : undefined;
  };
}

const joined: Method = ({ args, place }) => {
  const parts = args.map(plainText);
  const known = parts.flatMap((part) => part ?? []);
  return known.length === parts.length ? { kind: 'text', pieces: [{ text: join(...known), place }] } : unknown;
};

/** Of SQL in the same repository; where the call is, all of it stands. */
function contentsOf({ args: [path], place }: Call, directory: Directory | undefined): Value {
  const name = plainText(path);
  if (name === undefined || directory === undefined || !/\.sql$/i.test(name)) return unknown;
  const file = join(directory.path, name);
  const top = [...directory.upwards()].at(-1) ?? directory;
  if (!file.startsWith(join(top.path, '/'))) return unknown;
  const text = directory.below(dirname(name)).text(basename(name));
  return text === undefined ? unknown : { kind: 'text', pieces: [{ text, place }] };
}
