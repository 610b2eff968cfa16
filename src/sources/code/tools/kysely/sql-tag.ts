// Kysely's tag sql`…`: values become `$1`, other pieces of SQL stand there as they are.
// Source: src/raw-builder/sql.ts and src/query-compiler/default-query-compiler.ts of its source, 0.28.

import type { Piece } from '../../reading/code-reading.ts';
import { handleOf, sendText, type Method } from '../../script/handles.ts';
import { plainText, unknown, type Handle, type Value } from '../../script/value.ts';

/** `parameter`: a value that is sent beside the SQL. */
export type Fragment = readonly (Piece | { readonly parameter: Piece['place'] })[];

const fragments = new WeakMap<Handle, Fragment>();

/** The SQL of what the tag makes; undefined for any other value. */
export function fragmentOf(value: Value | undefined): Fragment | undefined {
  return value?.kind === 'handle' ? fragments.get(value) : undefined;
}

/** With its values numbered from 1. */
export function numbered(fragment: Fragment): readonly Piece[] {
  let next = 1;
  return fragment.map((part) => ('parameter' in part ? { text: `$${next++}`, place: part.parameter } : part));
}

function sqlOf(fragment: Fragment): Handle {
  const same: Method = () => handle;
  const handle = handleOf({
    methods: {
      execute: ({ place }, scene) => {
        sendText({ kind: 'text', pieces: numbered(fragment) }, place, scene);
        return unknown;
      },
      compile: () => compiled(fragment),
      as: same,
      $castTo: same,
      $notNull: same,
      withPlugin: same,
    },
  });
  fragments.set(handle, fragment);
  return handle;
}

/** What `db.executeQuery` takes. */
function compiled(fragment: Fragment): Handle {
  const handle = handleOf({});
  fragments.set(handle, fragment);
  return handle;
}

const tag: Method = ({ args: [texts, ...values], place }) => {
  const quasis = texts?.kind === 'list' ? texts.items : [];
  return sqlOf(quasis.flatMap((quasi, index) => [...(quasi.kind === 'text' ? quasi.pieces : []), ...(index < values.length ? valueIn(values[index], place) : [])]));
};

/** Of a value that only a run knows nobody can say whether it is a value or more SQL: it is a placeholder. */
function valueIn(value: Value | undefined, place: Piece['place']): Fragment {
  const own = fragmentOf(value);
  if (own) return own;
  if (value?.kind === 'text' && plainText(value) === undefined) return value.pieces;
  return [{ parameter: value?.kind === 'text' ? (value.pieces[0]?.place ?? place) : place }];
}

const raw: Method = ({ args: [sql] }) => sqlOf(piecesIn(sql));

function piecesIn(value: Value | undefined): readonly Piece[] {
  return value?.kind === 'text' ? value.pieces : [];
}

/** `orders.id` is taken apart; without a text, it is a name that only a run knows. */
const name: Method = ({ args: [text], step }) => {
  const plain = plainText(text);
  const written = plain === undefined ? '${name}' : plain.split('.').map(quoted).join('.');
  return sqlOf([{ text: written, place: step }]);
};

const id: Method = ({ args, step }) => {
  const parts = args.map((part) => plainText(part));
  return sqlOf([{ text: parts.map((part) => (part === undefined ? '${name}' : quoted(part))).join('.'), place: step }]);
};

export function quoted(part: string): string {
  return part === '*' ? part : `"${part.replaceAll('"', '""')}"`;
}

const literal: Method = ({ args: [value], step }) => {
  const text = plainText(value);
  const written = text !== undefined ? `'${text.replaceAll("'", "''")}'` : value?.kind === 'constant' ? String(value.value) : '${value}';
  return sqlOf([{ text: written, place: step }]);
};

const parameter: Method = ({ step }) => sqlOf([{ parameter: step }]);

const join: Method = ({ args: [list, separator], step, place }) => {
  const between = fragmentOf(separator) ?? [{ text: ', ', place: step }];
  if (list?.kind !== 'list') return sqlOf([{ text: '${values}', place: step }]);
  return sqlOf(list.items.flatMap((item, index) => [...(index > 0 ? between : []), ...valueIn(item, place)]));
};

export const sqlTag: Handle = handleOf({
  itself: tag,
  methods: { raw, ref: name, table: name, id, lit: literal, literal, val: parameter, value: parameter, join },
});

/** `CompiledQuery.raw(sql, parameters)`. */
export const compiledQuery: Handle = handleOf({ methods: { raw: ({ args: [sql] }) => compiled(piecesIn(sql)) } });
