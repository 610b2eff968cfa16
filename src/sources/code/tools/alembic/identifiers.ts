// How SQLAlchemy writes names and values for PostgreSQL.
// Source: IdentifierPreparer in sqlalchemy/sql/compiler.py, RESERVED_WORDS in sqlalchemy/dialects/postgresql/base.py.

const reserved: ReadonlySet<string> = new Set(
  'all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate column constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into is isnull join leading left like limit localtime localtimestamp natural new not notnull null of off offset old on only or order outer over overlaps placing primary references returning right select session_user similar some symmetric table then to trailing true union unique user using variadic verbose when where window with'.split(
    ' ',
  ),
);

/** A name that is written in lower case, and is no word of the grammar, goes without quotes. */
export function quoted(name: string): string {
  const isPlain = /^[a-z_][a-z0-9_$]*$/.test(name) && !reserved.has(name);
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

export function quotedAll(names: readonly string[]): string {
  return names.map(quoted).join(', ');
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
