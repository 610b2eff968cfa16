// A call of a forge's API, tried again where that may help, and what to say where it does not.
// Source: "Best practices for using the REST API" and "Rate limits for the REST API" of GitHub: retry-after says how many seconds to wait;
// without it, a minute. "Rate limits" of GitLab: 429, with Retry-After.

import type { Api } from './api.ts';
import { at, textAt } from './known-json.ts';
import { Refusal } from './refusal.ts';
import { request, type Answer, type Outcome, type Request } from './request.ts';

export interface Patience {
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export const usualPatience: Patience = { timeout: 10_000, pause: (milliseconds) => new Promise((over) => setTimeout(over, milliseconds)) };

/**
 * The answer, whose status is one of success; everything else is thrown as a `Refusal`. `isDone`: of a request that must not be done twice,
 * whether it was, where the answer is lost.
 */
export type Call = (request: Request, isDone?: () => Promise<boolean>) => Promise<Pick<Answer, 'headers' | 'body'>>;

const MOST_TRIES = 4;
/** Milliseconds, over all calls. */
const MOST_WAITED = 30_000;

export function callerOf(api: Api, { timeout, pause }: Patience): Call {
  let left = MOST_WAITED;
  return async (wanted, isDone) => {
    for (let tries = 1; ; tries += 1) {
      const outcome = await request(api, wanted, timeout);
      if (outcome.kind === 'answer' && isDoneBy(outcome, wanted)) return outcome;
      const wait = waitBehind(outcome, tries);
      if (wait === undefined || tries === MOST_TRIES || wait > left) throw new Refusal(inWords(outcome, api));
      left -= wait;
      await pause(wait);
      if (isDone !== undefined && isUncertain(outcome) && (await isDone())) return { headers: new Headers(), body: undefined };
    }
  };
}

/** What is gone already need not go. */
function isDoneBy({ status }: Answer, { method }: Request): boolean {
  return (status >= 200 && status < 300) || (method === 'DELETE' && status === 404);
}

/** Milliseconds; undefined where another try gets the same answer. */
function waitBehind(outcome: Outcome, tries: number): number | undefined {
  const growing = 1000 * 2 ** (tries - 1);
  if (outcome.kind === 'lost') return growing;
  const asked = /^\d+$/.exec(outcome.headers.get('retry-after') ?? '')?.[0];
  if (isLimited(outcome)) return 1000 * Number(asked ?? 60);
  return outcome.status < 500 ? undefined : asked === undefined ? growing : 1000 * Number(asked);
}

/** GitHub answers 403 as well where it is asked too often. */
function isLimited({ status, headers }: Answer): boolean {
  return status === 429 || (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'));
}

function isUncertain(outcome: Outcome): boolean {
  return outcome.kind === 'lost' || outcome.status >= 500;
}

function inWords(outcome: Outcome, { forge, advice }: Api): string {
  if (outcome.kind === 'lost') return `${forge} can't be reached: ${outcome.why}`;
  const said = saidIn(outcome.body);
  const answer = `${forge} answers ${outcome.status}${said === '' ? '' : ` (${said})`}`;
  const help = isLimited(outcome) ? 'it is asked too often' : advice(outcome.status);
  return help === undefined ? answer : `${answer}: ${help}`;
}

const LONGEST_WORDS = 200;

/** GitHub says `message` and `errors`, each with a `message`; GitLab says `message`, which may be a map, or `error`. */
function saidIn(body: unknown): string {
  const message = at(body, 'message') ?? at(body, 'error');
  const errors = at(body, 'errors');
  const more = Array.isArray(errors) ? errors.flatMap((one) => textAt(one, 'message') ?? []) : [];
  const words = message === undefined ? more : [typeof message === 'string' ? message : JSON.stringify(message), ...more];
  return words.join(': ').slice(0, LONGEST_WORDS);
}
