// How a message says with which SQLSTATE PostgreSQL refuses a statement.

/** At the end, in parentheses, where it is certain. */
export function withError(message: string, error: string | undefined): string {
  return error === undefined ? message : `${message} (${error})`;
}
