// Lists in words.

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** The first three of them, and how many more there are: `a, b, c and 4 more`. */
export function listSome(items: readonly string[]): string {
  return items.length <= 4 ? list(items) : list([...items.slice(0, 3), `${items.length - 3} more`]);
}
