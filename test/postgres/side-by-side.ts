// Work on many things, some of them at a time.

/** What `work` makes of each of `items`, in their order; at most `most` of them are worked on at a time. */
export async function sideBySide<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const open = items.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [index, item] of open) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: most }, takeTurns));
  return results;
}
