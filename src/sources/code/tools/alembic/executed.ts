// SQL that somebody executes through SQLAlchemy.

import type { Piece } from '../../reading/code-reading.ts';
import { placeIn } from '../../tree/filled-in.ts';
import { sendText, type Method } from '../../tree/handles.ts';
import { unknown, type Made, type Text, type Value } from '../../tree/value.ts';

/** A text is taken for `text()` of it; anything else is put together by SQLAlchemy. */
export const executes: Method = ({ args, named, place }, scene) => {
  const sql = args[0] ?? named.get('sqltext') ?? named.get('statement') ?? unknown;
  const hasValues = args.length > 1 || named.has('params') || named.has('parameters');
  sendText(textOfClause(sql, hasValues), place, scene);
  return unknown;
};

export const executesDriverSql: Method = ({ args: [sql], place }, scene) => {
  sendText(sql, place, scene);
  return unknown;
};

/** Undefined for what is no text. */
function textOfClause(sql: Value, hasValues: boolean): Text | undefined {
  if (sql.kind === 'text') return clause(sql, hasValues);
  if (sql.kind !== 'made') return undefined;
  const [first = sql.call.named.get('text') ?? unknown] = sql.call.args;
  if (/^sqlalchemy(?:\.sql(?:\.expression|\.elements)?)?\.text$/.test(sql.path)) return first.kind === 'text' ? clause(first, hasValues) : undefined;
  if (/^sqlalchemy(?:\.schema)?\.DDL$/.test(sql.path)) return first.kind === 'text' && !hasContext(sql) ? replaced(first, /%%/g, () => '%') : undefined;
  const isSame = sql.of !== undefined && /\(\)\.(?:bindparams|execution_options|columns)$/.test(sql.path);
  return isSame && sql.of ? textOfClause(sql.of, hasValues || sql.path.endsWith('().bindparams')) : undefined;
}

/** Its names are filled in. */
function hasContext({ call: { args, named } }: Made): boolean {
  return args.length > 1 || named.has('context');
}

/**
 * `:name` is a value, and `\:` a colon. Source: BIND_PARAMS and BIND_PARAMS_ESC in sqlalchemy/sql/compiler.py.
 * Without values, what looks like one is left as it stands.
 */
function clause(text: Text, hasValues: boolean): Text {
  const bound = hasValues ? replaced(text, /(?<![:\w$\\]):([\w$]+)(?![:\w$])/g, (name) => `\${${name}}`) : text;
  return replaced(bound, /\\(:)/g, () => ':');
}

function replaced({ pieces }: Text, pattern: RegExp, by: (inner: string) => string): Text {
  return { kind: 'text', pieces: pieces.flatMap((piece) => (piece.text.startsWith('${') ? [piece] : replacedIn(piece, pattern, by))) };
}

function replacedIn(piece: Piece, pattern: RegExp, by: (inner: string) => string): readonly Piece[] {
  const done: Piece[] = [];
  let from = 0;
  const keep = (end: number): void => {
    if (end > from) done.push({ text: piece.text.slice(from, end), place: placeIn(piece, from, end) });
  };
  for (const { 0: found, 1: inner = '', index } of piece.text.matchAll(pattern)) {
    keep(index);
    from = index + found.length;
    done.push({ text: by(inner), place: placeIn(piece, index, from) });
  }
  keep(piece.text.length);
  return done;
}
