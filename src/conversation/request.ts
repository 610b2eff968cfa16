// One request and its answer: bounded in time and size, and never to another host, where the token would go with it.
// Source: "Best practices for using the REST API" of GitHub, "Follow redirects"; "REST API" of GitLab.

import type { Api } from './api.ts';
import { jsonOf } from './known-json.ts';
import { Refusal } from './refusal.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface Request {
  readonly method: Method;
  readonly url: string;
  readonly content?: object | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where it is empty, or no JSON. */
  readonly body: unknown;
}

/** `lost`: nobody knows whether the request arrived, and what became of it. */
export type Outcome = ({ readonly kind: 'answer' } & Answer) | { readonly kind: 'lost'; readonly why: string };

/** `timeout`: milliseconds, redirects included. */
export async function request(api: Api, { method, url, content }: Request, timeout: number): Promise<Outcome> {
  const headers = { 'User-Agent': 'pgmigrate-lint', ...api.headers, ...(content === undefined ? {} : { 'Content-Type': 'application/json' }) };
  const body = content === undefined ? null : JSON.stringify(content);
  const signal = AbortSignal.timeout(timeout);
  try {
    let target = ownAddress(api, url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await fetch(target, { method, headers, body, signal, redirect: 'manual' });
      const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
      if (location === null) return { kind: 'answer', status: response.status, headers: response.headers, body: jsonOf(await textOf(response, api)) };
      await response.body?.cancel();
      target = ownAddress(api, location, target);
    }
    throw new Refusal(`${api.forge} redirects on and on`);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return { kind: 'lost', why: signal.aborted ? `no answer within ${timeout / 1000} seconds` : whyLost(error) };
  }
}

const MOST_REDIRECTS = 3;
/** The same request goes to the new address, whichever of them it is. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/** `fetch` would take some headers with a token along. */
function ownAddress({ forge, url }: Api, address: string, base = url): string {
  const { origin, host, href } = URL.canParse(address, base) ? new URL(address, base) : { origin: '', host: 'no address', href: '' };
  if (origin === new URL(url).origin) return href;
  throw new Refusal(`${forge} points to ${host}, and the token stays with ${new URL(url).host}`);
}

/** In bytes: a page of the longest comments that people write is far below. */
const LARGEST_ANSWER = 128 * 1024 * 1024;

async function textOf(response: Response, { forge }: Api): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST_ANSWER) throw new Refusal(`${forge} answers with more than ${LARGEST_ANSWER / 1024 / 1024} MB`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function whyLost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
