// A local server that speaks as much of the documented APIs of GitHub and GitLab as a comment needs, with the faults that a test asks for.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StoredComment {
  readonly id: number;
  /** A login of GitHub, or a name whose id GitLab gives out. */
  readonly by: string;
  readonly body: string;
  /** What GitLab notes itself. */
  readonly system?: boolean;
}

export interface Fault {
  /** A method, or the first words of `METHOD /path`. */
  readonly at: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly answer?: unknown;
  /** Default: once. */
  readonly times?: number;
  /** It is done all the same, and the answer is lost on its way. */
  readonly done?: boolean;
  /** No answer at all. */
  readonly hangs?: boolean;
  /** The connection is cut. */
  readonly cut?: boolean;
}

export const TOKEN = 'ghs_0123456789abcdef';
const users: Readonly<Record<string, number>> = { 'github-actions[bot]': 41, mallory: 66, ann: 7 };
const ME = 'github-actions[bot]';

interface Route {
  readonly lists: RegExp;
  readonly one: RegExp;
  readonly changes: string;
  /** Of a comment that is too long. */
  readonly most: number;
  readonly isKnown: (request: IncomingMessage) => boolean;
}

const routes: Readonly<Record<'github' | 'gitlab', Route>> = {
  github: {
    lists: /^\/repos\/ann\/shop\/issues\/7\/comments$/,
    one: /^\/repos\/ann\/shop\/issues\/comments\/(\d+)$/,
    changes: 'PATCH',
    most: 65_536,
    isKnown: ({ headers }) => headers.authorization === `Bearer ${TOKEN}`,
  },
  gitlab: {
    lists: /^\/projects\/5\/merge_requests\/7\/notes$/,
    one: /^\/projects\/5\/merge_requests\/7\/notes\/(\d+)$/,
    changes: 'PUT',
    most: 1_000_000,
    isKnown: ({ headers }) => headers['private-token'] === TOKEN,
  },
};

export class ForgeServer {
  comments: StoredComment[] = [];
  faults: Fault[] = [];
  /** `GET /path?query`. */
  readonly requests: string[] = [];
  /** The token may only read. */
  isReadOnly = false;
  readonly #server: Server;
  readonly #route: Route;
  readonly #kind: 'github' | 'gitlab';

  constructor(kind: 'github' | 'gitlab') {
    this.#kind = kind;
    this.#route = routes[kind];
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((over) => this.#server.close(over));
  }

  get url(): string {
    const address: AddressInfo | string | null = this.#server.address();
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    // A server of one's own has them below a path.
    url.pathname = url.pathname.replace(/^\/api(?:\/v[34])?(?=\/)/, '');
    const words = `${request.method} ${url.pathname}`;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const content: { body?: string } = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
    const send = (status: number, answer?: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(answer === undefined ? '' : typeof answer === 'string' ? answer : JSON.stringify(answer));
    };
    const fault = this.#faultAt(words);
    if (fault === undefined) return this.#act(request, url, content, send);
    if (fault.done === true) this.#act(request, url, content, () => undefined);
    if (fault.hangs === true) return;
    if (fault.cut === true) return void response.destroy();
    send(fault.status ?? 500, fault.answer ?? { message: 'Server Error' }, Object.fromEntries(Object.entries(fault.headers ?? {}).map(([name, value]) => [name, value.replace('SELF', this.url)])));
  }

  #faultAt(words: string): Fault | undefined {
    const index = this.faults.findIndex(({ at }) => words.startsWith(at));
    const fault = this.faults[index];
    if (fault === undefined) return undefined;
    const times = (fault.times ?? 1) - 1;
    this.faults.splice(index, 1, ...(times > 0 ? [{ ...fault, times }] : []));
    return fault;
  }

  #act(request: IncomingMessage, url: URL, { body = '' }: { body?: string }, send: (status: number, answer?: unknown, headers?: Readonly<Record<string, string>>) => void): void {
    const { lists, one, changes, most, isKnown } = this.#route;
    const { method = '' } = request;
    const isOfGithub = this.#kind === 'github';
    if (!isKnown(request)) return send(401, { message: isOfGithub ? 'Bad credentials' : '401 Unauthorized' });
    if (isOfGithub && url.pathname === '/graphql') return send(200, { data: { viewer: { login: ME } } });
    if (!isOfGithub && url.pathname === '/user') return send(200, { id: users[ME], username: 'project_5_bot' });
    const id = Number(one.exec(url.pathname)?.[1]);
    const isThere = lists.test(url.pathname) || this.comments.some((comment) => comment.id === id);
    if (!isThere) return send(404, { message: isOfGithub ? 'Not Found' : '404 Not found' });
    if (method === 'GET') return this.#page(url, send);
    if (this.isReadOnly) return send(403, { message: isOfGithub ? 'Resource not accessible by integration' : '403 Forbidden' });
    if (method === 'DELETE') {
      this.comments = this.comments.filter((comment) => comment.id !== id);
      return send(204);
    }
    if (body.length > most) {
      const long = { resource: 'IssueComment', code: 'unprocessable', field: 'data', message: `Body is too long (maximum is ${most} characters)` };
      return isOfGithub ? send(422, { message: 'Validation Failed', errors: [long] }) : send(400, { message: { note: [`is too long (maximum is ${most} characters)`] } });
    }
    if (method === 'POST') {
      const made = { id: Math.max(0, ...this.comments.map((comment) => comment.id)) + 1, by: ME, body };
      this.comments.push(made);
      return send(201, this.#shown(made));
    }
    expect(method).toBe(changes);
    this.comments = this.comments.map((comment) => (comment.id === id ? { ...comment, body } : comment));
    return send(200, { id });
  }

  #page(url: URL, send: (status: number, answer: unknown, headers: Readonly<Record<string, string>>) => void): void {
    const [size, page] = [Number(url.searchParams.get('per_page') ?? (this.#kind === 'github' ? 30 : 20)), Number(url.searchParams.get('page') ?? 1)];
    const all = this.comments.slice((page - 1) * size, page * size).map((comment) => this.#shown(comment));
    const last = Math.max(1, Math.ceil(this.comments.length / size));
    const link = (number: number, relation: string): string => {
      const address = new URL(url);
      address.searchParams.set('page', String(number));
      return `<${this.#kind === 'github' ? address.href : address.href.replace('127.0.0.1', 'behind-a-proxy')}>; rel="${relation}"`;
    };
    const links = [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')].join(', ');
    send(200, all, { link: links, ...(this.#kind === 'gitlab' ? { 'x-page': String(page), 'x-next-page': page < last ? String(page + 1) : '' } : {}) });
  }

  #shown({ id, by, body, system = false }: StoredComment): object {
    return this.#kind === 'github'
      ? { id, body, user: { login: by, type: by.endsWith('[bot]') ? 'Bot' : 'User' } }
      : { id, body, system, author: { id: users[by] ?? 99, username: by } };
  }
}
