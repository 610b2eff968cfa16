// Files of SQL that a script reads from beside itself: `fs.readFileSync(path.join(__dirname, 'orders.sql'), 'utf8')`.

import type { Directory } from '../../disk/directory.ts';
import type { CodeText } from '../reading/code-reading.ts';
import { sqlBeside } from '../reading/sql-beside.ts';
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
  return parts.includes(undefined) ? unknown : { kind: 'text', pieces: [{ text: parts.join('/'), place }] };
};

/** Where the call is, all of it stands. */
function contentsOf({ args: [path], place }: Call, directory: Directory | undefined): Value {
  const name = plainText(path);
  const text = name === undefined || directory === undefined ? undefined : sqlBeside(name, directory);
  return text === undefined ? unknown : { kind: 'text', pieces: [{ text, place }] };
}
