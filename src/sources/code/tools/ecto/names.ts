// Names and texts as ecto_sql writes them. Source: quote_name and single_quote in lib/ecto/adapters/postgres/connection.ex of its source, 3.14.

export function quoted(name: string): string {
  return `"${name}"`;
}

export function quotedAll(names: readonly string[]): string {
  return names.map(quoted).join(',');
}

export function prefixed(prefix: string | undefined, name: string): string {
  return prefix === undefined ? quoted(name) : `${quoted(prefix)}.${quoted(name)}`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `what`: `TABLE "orders"`. Nothing where there is no comment. */
export function commentOn(what: string, comment: string | undefined): readonly string[] {
  return comment === undefined ? [] : [`COMMENT ON ${what} IS ${literal(comment)}`];
}
