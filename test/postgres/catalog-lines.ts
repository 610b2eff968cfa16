// A catalog in lines that can be compared: what there is, by name, and what is true of it.

/** From `column public.orders.status` to `varchar(20) not null`. */
export type CatalogLines = ReadonlyMap<string, string>;

/** In sentences, those of missing relations without those of their parts. */
export function differencesOf(ours: CatalogLines, theirs: CatalogLines): string[] {
  const keys = [...new Set([...theirs.keys(), ...ours.keys()])].toSorted();
  const isWhole = (key: string): boolean => ours.has(key) && theirs.has(key);
  const isOfMissing = (key: string): boolean => {
    const relation = /^(?:column|columns|constraint|trigger|policy|rule|reads|referenced) ([^.]+\.[^.]+)/.exec(key)?.[1];
    return relation !== undefined && !isWhole(`relation ${relation}`);
  };
  return keys
    .filter((key) => ours.get(key) !== theirs.get(key) && !isOfMissing(key))
    .map((key) => `${key}: ${ours.get(key) ?? 'nothing'} here, ${theirs.get(key) ?? 'nothing'} on the server`);
}

/** Words that are said, and those that are not. */
export function words(...all: readonly (string | false | undefined)[]): string {
  return all.filter((word) => word !== false && word !== undefined && word !== '').join(' ');
}
