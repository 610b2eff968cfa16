// The conversation of a merge request on GitLab.
// Sources: "Notes API" (list, create, modify, delete; "Limited to 1,000,000 characters"); "Predefined CI/CD variables reference"; "GitLab CI/CD job token": of the
// notes of a merge request, it "can access the GET … endpoints", so it can't write any; "Project access tokens".

import { addressIn, needed, tokenIn, type Api } from './api.ts';
import { callerOf, type Patience } from './call.ts';
import { firstLineOf, type Comment, type Environment, type Forge } from './forge.ts';
import { at, numberAt, textAt } from './known-json.ts';
import { listAt } from './pages.ts';
import { Refusal } from './refusal.ts';

const FORGE = 'GitLab';
const ROOM = 1_000_000;
const TOKENS = ['PGMIGRATE_LINT_GITLAB_TOKEN', 'GITLAB_TOKEN'] as const;

/** Throws a `Refusal` where the job belongs to no merge request, or the environment does not say what is needed. */
export function gitlab(env: Environment, patience: Patience): Forge {
  const number = env['CI_MERGE_REQUEST_IID'];
  if (!number) throw new Refusal('this job belongs to no merge request; it needs a rule for $CI_PIPELINE_SOURCE == "merge_request_event"');
  const variable = TOKENS.find((name) => env[name]);
  if (variable === undefined) throw new Refusal(`the job's own token may read notes and not write them; give the job ${TOKEN}`);
  const api: Api = {
    forge: FORGE,
    url: addressIn(env, 'CI_API_V4_URL'),
    headers: { 'PRIVATE-TOKEN': tokenIn(env, variable) },
    advice: (status) => ({ 401: `the token in ${variable} is not valid`, 403: NEEDS, 404: NEEDS })[status],
  };
  const call = callerOf(api, patience);
  // The pipeline of a fork runs in the fork; the merge request lies in the project that it is for.
  const project = env['CI_MERGE_REQUEST_PROJECT_ID'] || needed(env, 'CI_PROJECT_ID');
  const list = `${api.url}/projects/${encodeURIComponent(project)}/merge_requests/${encodeURIComponent(number)}/notes`;
  const own = async (beginning: string): Promise<readonly Comment[]> => {
    const notes = (await listAt(`${list}?sort=asc&order_by=created_at&per_page=100`, call, FORGE)).flatMap(noteOf);
    const begun = notes.filter(({ body }) => body.startsWith(beginning));
    if (begun.length === 0) return [];
    const user = numberAt((await call({ method: 'GET', url: `${api.url}/user` })).body, 'id');
    if (user === undefined) throw new Refusal('GitLab does not say whom the token stands for, so no note is known to be ours');
    return begun.filter(({ author }) => author === user);
  };
  return {
    room: ROOM,
    head: env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'] || (env['CI_COMMIT_SHA'] ?? ''),
    own,
    create: async (body) => void (await call({ method: 'POST', url: list, content: { body } }, async () => (await own(firstLineOf(body))).length > 0)),
    update: async (id, body) => void (await call({ method: 'PUT', url: `${list}/${id}`, content: { body } })),
    remove: async (id) => void (await call({ method: 'DELETE', url: `${list}/${id}` })),
  };
}

const TOKEN = `a project access token with the role Reporter and the scope api, in ${TOKENS[0]} or ${TOKENS[1]}`;
const NEEDS = `the token may not write notes of this merge request; it takes ${TOKEN}`;

interface AuthoredNote extends Comment {
  readonly author: number;
}

/** What GitLab itself notes is nobody's. */
function noteOf(entry: unknown): readonly AuthoredNote[] {
  const [id, body, author] = [numberAt(entry, 'id'), textAt(entry, 'body'), numberAt(entry, 'author', 'id')];
  return id === undefined || body === undefined || author === undefined || at(entry, 'system') === true ? [] : [{ id, body, author }];
}
