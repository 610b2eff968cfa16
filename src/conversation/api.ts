// Where a forge's API is and who calls it, checked before anything is sent.

import type { Environment } from './forge.ts';
import { Refusal } from './refusal.ts';

export interface Api {
  /** As people call it. */
  readonly forge: string;
  /** Without a slash at its end. */
  readonly url: string;
  /** With the token in one of them. */
  readonly headers: Readonly<Record<string, string>>;
  /** What somebody can do about an answer with this status. */
  readonly advice: (status: number) => string | undefined;
}

/** The value of a variable. Throws a `Refusal` where it is not set. */
export function needed(env: Environment, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new Refusal(`${name} is not set`);
}

/** A header takes no other characters, and would show the token where it complains. */
export function tokenIn(env: Environment, name: string): string {
  const token = needed(env, name).trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new Refusal(`${name} holds characters that no token has`);
}

/** The address in a variable. A token is sent over HTTPS, or stays on this machine. */
export function addressIn(env: Environment, name: string): string {
  const text = needed(env, name).replace(/\/+$/, '');
  const { protocol, hostname, username, password } = URL.canParse(text) ? new URL(text) : { protocol: '', hostname: '', username: '', password: '' };
  if (username !== '' || password !== '') throw new Refusal(`${name} holds a password; a token goes into its own variable`);
  if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))) return text;
  throw new Refusal(`${name} is no https:// address, and the token is sent to no other`);
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
