// The options of a connection without those that would make it another role's: `-c role=app`.

export function withoutRole(options: string | undefined): string | undefined {
  const kept = wordsOf(options ?? '').flatMap((word, index, all) => {
    const isValueOfC = all[index - 1] === '-c';
    if (word === '-c') return [];
    const setting = isValueOfC ? word : /^(?:-c|--)([\s\S]*)$/.exec(word)?.[1];
    if (setting === undefined) return [word];
    return /^(?:role|session[-_]authorization)=/i.test(setting) ? [] : [`-c`, setting];
  });
  return kept.length === 0 ? undefined : kept.join(' ');
}

/** A backslash keeps a space in a word. Source: pg_split_opts() in src/backend/utils/init/postinit.c. */
function wordsOf(options: string): string[] {
  return options.match(/(?:\\[\s\S]|[^\s\\])+/g) ?? [];
}
