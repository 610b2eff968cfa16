// The conversation of a pull request on GitHub, which is that of an issue.
// Sources: "REST API endpoints for issue comments" (list, by ascending id; create; update; delete); "Variables reference" (GITHUB_API_URL, GITHUB_REPOSITORY,
// GITHUB_EVENT_PATH); "Webhook events and payloads" (pull_request); "Use GITHUB_TOKEN for authentication in workflows" (permissions).

import { readFileSync } from 'node:fs';
import { addressIn, needed, tokenIn, type Api } from './api.ts';
import { callerOf, type Call, type Patience } from './call.ts';
import { firstLineOf, type Comment, type Environment, type Forge } from './forge.ts';
import { jsonOf, numberAt, textAt } from './known-json.ts';
import { listAt } from './pages.ts';
import { Refusal } from './refusal.ts';

const FORGE = 'GitHub';
/** "Body is too long (maximum is 65536 characters)", it says of more. */
const ROOM = 65_536;

/** Throws a `Refusal` where the run belongs to no pull request, or the environment does not say what is needed. */
export function github(env: Environment, patience: Patience): Forge {
  const request = pullRequestIn(env);
  const api: Api = {
    forge: FORGE,
    url: addressIn(env, 'GITHUB_API_URL'),
    headers: { Authorization: `Bearer ${tokenIn(env, 'GITHUB_TOKEN')}`, Accept: 'application/vnd.github+json', 'X-GitHub-Api-Version': '2022-11-28' },
    advice: adviceTo(request),
  };
  const call = callerOf(api, patience);
  const repository = `${api.url}/repos/${repositoryIn(env)}`;
  const list = `${repository}/issues/${request.number}/comments`;
  const one = (id: number): string => `${repository}/issues/comments/${id}`;
  const own = async (beginning: string): Promise<readonly Comment[]> => {
    const begun = (await listAt(`${list}?per_page=100`, call, FORGE)).flatMap(commentOf).filter(({ body }) => body.startsWith(beginning));
    if (begun.length === 0) return [];
    const login = await loginOf(call, api);
    return begun.filter(({ author }) => author === login);
  };
  return {
    room: ROOM,
    head: request.head,
    own,
    create: async (body) => void (await call({ method: 'POST', url: list, content: { body } }, async () => (await own(firstLineOf(body))).length > 0)),
    update: async (id, body) => void (await call({ method: 'PATCH', url: one(id), content: { body } })),
    remove: async (id) => void (await call({ method: 'DELETE', url: one(id) })),
  };
}

interface PullRequest {
  readonly number: number;
  readonly head: string;
  /** Its workflow runs with a token that may only read. */
  readonly isOfFork: boolean;
}

function pullRequestIn(env: Environment): PullRequest {
  const event = eventAt(needed(env, 'GITHUB_EVENT_PATH'));
  const number = numberAt(event, 'pull_request', 'number');
  const name = env['GITHUB_EVENT_NAME'];
  if (number === undefined) throw new Refusal(`this run${name ? ` for "${name}"` : ''} belongs to no pull request`);
  const repositoryOf = (side: string): string | undefined => textAt(event, 'pull_request', side, 'repo', 'full_name');
  return {
    number,
    head: textAt(event, 'pull_request', 'head', 'sha') ?? '',
    isOfFork: name !== 'pull_request_target' && repositoryOf('base') !== undefined && repositoryOf('head') !== repositoryOf('base'),
  };
}

function eventAt(path: string): unknown {
  try {
    return jsonOf(readFileSync(path, 'utf8'));
  } catch {
    throw new Refusal('the file that GITHUB_EVENT_PATH names is not there');
  }
}

function repositoryIn(env: Environment): string {
  const name = needed(env, 'GITHUB_REPOSITORY');
  if (/^[\w.-]+\/[\w.-]+$/.test(name)) return name;
  throw new Refusal('GITHUB_REPOSITORY names no repository, as in owner/name');
}

function adviceTo({ isOfFork }: PullRequest): Api['advice'] {
  const needs = isOfFork
    ? 'the pull request comes from a fork, whose workflow has a token that may only read'
    : 'the token may not write comments; the job needs "permissions: pull-requests: write"';
  return (status) => ({ 401: 'the token in GITHUB_TOKEN is not valid', 403: needs, 404: needs })[status];
}

interface AuthoredComment extends Comment {
  readonly author: string;
}

function commentOf(entry: unknown): readonly AuthoredComment[] {
  const [id, body, author] = [numberAt(entry, 'id'), textAt(entry, 'body'), textAt(entry, 'user', 'login')];
  return id === undefined || body === undefined || author === undefined ? [] : [{ id, body, author }];
}

/**
 * Whom the token stands for. `GET /user` is refused to the token of a workflow; the viewer of GraphQL is everybody: `github-actions[bot]`, another app, or a
 * person. No person's login has a bracket. Source: "Forming calls with GraphQL": https://HOST/api/graphql beside https://HOST/api/v3.
 */
async function loginOf(call: Call, { url }: Api): Promise<string> {
  const { body } = await call({ method: 'POST', url: `${url.replace(/\/v3$/, '')}/graphql`, content: { query: '{ viewer { login } }' } });
  const login = textAt(body, 'data', 'viewer', 'login');
  if (login !== undefined) return login;
  throw new Refusal('GitHub does not say whom the token stands for, so no comment is known to be ours');
}
