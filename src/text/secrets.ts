// Keeps passwords out of what others say: the words of a server, of a client, of an operating system.

/** Passwords, in every form in which they were given. */
export type Secrets = readonly string[];

/** Shorter ones are in every sentence, and would tell by what is missing. */
const SHORTEST = 3;

export function withoutSecrets(text: string, secrets: Secrets): string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST).toSorted((left, right) => right.length - left.length);
  return known.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
