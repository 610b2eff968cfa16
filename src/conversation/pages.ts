// A list that a forge gives out page by page.
// Sources: "Using pagination in the REST API" of GitHub (the Link header); "REST API", "Pagination" of GitLab (X-Next-Page, and the Link header).

import type { Call } from './call.ts';
import { Refusal } from './refusal.ts';

/** Of a hundred entries each. */
const MOST_PAGES = 100;

/** Throws a `Refusal` for a list that can't be read to its end: what was looked for may stand behind it. */
export async function listAt(url: string, call: Call, forge: string): Promise<readonly unknown[]> {
  const entries: unknown[] = [];
  let page: string | undefined = url;
  for (let number = 1; page !== undefined; number += 1) {
    if (number > MOST_PAGES) throw new Refusal(`there are more than ${MOST_PAGES * 100} comments`);
    const { headers, body }: Awaited<ReturnType<Call>> = await call({ method: 'GET', url: page });
    if (!Array.isArray(body)) throw new Refusal(`${forge} answers with no list of comments`);
    entries.push(...body);
    page = pageBehind(page, headers);
  }
  return entries;
}

/** GitLab's number comes first: behind a proxy, its links may name another host. */
function pageBehind(page: string, headers: Headers): string | undefined {
  const number = headers.get('x-next-page');
  if (number === null) return linkTo('next', headers.get('link') ?? '');
  if (!/^\d+$/.test(number)) return undefined;
  const next = new URL(page);
  next.searchParams.set('page', number);
  return next.href;
}

/** `<https://…?page=2>; rel="next", <https://…?page=9>; rel="last"`. */
function linkTo(relation: string, header: string): string | undefined {
  const links = Array.from(header.matchAll(/<([^>]*)>([^<]*)/g));
  return links.find(([, , parameters = '']) => parameters.includes(`rel="${relation}"`))?.[1];
}
