// Names in quotes, as Knex writes them.
// Source: wrapString() in lib/formatter/wrappingFormatter.js, 3.3.

/** `orders.id` and `orders as o` are taken apart; `*` stays. */
export function wrapped(name: string): string {
  const [own = '', alias] = name.split(/ as /i);
  const written = own
    .trim()
    .split('.')
    .map((part) => (part === '*' ? part : `"${part.trim().replaceAll('"', '""')}"`))
    .join('.');
  return alias === undefined ? written : `${written} as ${wrapped(alias)}`;
}
