// Values, as psycopg writes them into SQL.

/** With a backslash in it, PostgreSQL has to be told that backslashes mean something. */
export function textLiteral(text: string): string {
  const quotes = text.replaceAll("'", "''");
  return quotes.includes('\\') ? `E'${quotes.replaceAll('\\', '\\\\')}'` : `'${quotes}'`;
}

/** Undefined for one that JavaScript does not hold as it is written. */
export function numberLiteral(value: number): string | undefined {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
}

/** What only a run knows. */
export function placeholder(name: string): string {
  return `\${${/\w+$/.exec(name)?.[0] ?? 'value'}}`;
}
