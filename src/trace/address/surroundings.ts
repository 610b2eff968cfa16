// What a connection depends on beside its own words: the environment, the user, and where the user is at home.

import { homedir, userInfo } from 'node:os';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The name at the operating system; undefined where it has none for the user. */
  readonly user: string | undefined;
}

export function surroundingsIn(env: Surroundings['env']): Surroundings {
  return { env, home: env['HOME'] || homedir(), user: userName() };
}

function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
