// Words of the command line that most likely are a connection to a database: they may hold a password, so no sentence shows them.

/** Written as a URL, as keywords, or without the scheme: `app:secret@localhost/shop`. */
export function isLikeConnection(word: string): boolean {
  return signs.some((sign) => sign.test(word));
}

const signs: readonly RegExp[] = [
  /^\W*(?:jdbc:)?postgres(?:ql)?:/i,
  /:\/\/[^/]*@/,
  /(?:^|\/)[^\s/:@]+:[^\s@]+@/,
  /(?:^|[\s?&;,'"])(?:ssl|pg)?pass(?:word|wd)?\s*=/i,
  /(?:^|\s)(?:host|hostaddr|dbname|service)\s*=/i,
];

/** All of them, also those behind the = of an option. */
export function connectionsIn(argv: readonly string[]): readonly string[] {
  const words = argv.flatMap((word) => [word, word.replace(/^--?[^=]*=/, '')]);
  return words.filter(isLikeConnection);
}
