// `comment`: scenarios in fixtures/comment, pushes of a branch to a local server that speaks the documented API of a forge.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { rules } from '../rules/index.ts';
import { parseArguments } from '../src/cli/arguments.ts';
import { commentCommand } from '../src/cli/commands/comment.ts';
import { bodyOf, markerOf } from '../src/conversation/body.ts';
import { hiddenState, stateIn } from '../src/conversation/state.ts';
import type { KeptFinding } from '../src/model/kept-finding.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { branchOf, type Files } from './branch.ts';
import { filesBelow, read } from './fixture.ts';
import { ForgeServer, TOKEN, type Fault, type StoredComment } from './forge-server.ts';

interface Push {
  /** Beside those of the push before. */
  readonly files?: Files;
  /** Default: the number of the push. */
  readonly head?: string;
  /** Behind `comment --github --since main`. */
  readonly run?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  /** What the server is asked, or how often. */
  readonly sent: readonly string[] | number;
  /** Parts of the comment, in this order. */
  readonly says?: readonly string[];
  readonly lacks?: readonly string[];
  readonly err?: readonly string[];
  /** Milliseconds between tries. */
  readonly waits?: readonly number[];
  readonly exit: number;
}

interface Scenario {
  readonly name: string;
  readonly before?: Files;
  /** What somebody has said before; each may stand there `times`. */
  readonly comments?: readonly (StoredComment & { readonly times?: number })[];
  readonly isReadOnly?: boolean;
  readonly event?: object;
  readonly folder?: string;
  readonly pushes: readonly Push[];
  /** `ID AUTHOR` of the comments that are there in the end, of the last ones where there are many. */
  readonly left: readonly string[];
}

const index = "SET lock_timeout = '5s';\nCREATE INDEX orders_id_idx ON orders (id);\n";
const forges = ['github', 'gitlab'] as const;

describe.each(forges)('%s', (forge) => {
  let server: ForgeServer;
  let elsewhere: ForgeServer;
  let outside: string;

  beforeEach(async () => {
    [server, elsewhere] = [new ForgeServer(forge), new ForgeServer(forge)];
    await Promise.all([server.start(), elsewhere.start()]);
    outside = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  });

  afterEach(async () => {
    await Promise.all([server.stop(), elsewhere.stop()]);
    rmSync(outside, { recursive: true });
  });

  const scenarios: readonly Scenario[] = filesBelow(`fixtures/comment/${forge}`, '.yml').flatMap((path) => parse(read(path)));

  test.each(scenarios)('$name', async ({ before = {}, comments = [], isReadOnly = false, event = {}, folder = '.', pushes, left }) => {
    server.comments = comments.flatMap(({ times = 1, ...comment }) => Array.from({ length: times }, (_, number) => ({ ...comment, id: comment.id + number })));
    server.isReadOnly = isReadOnly;
    const root = branchOf({ 'db/migrations/1.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n', ...before }, { 'db/migrations/2.sql': index });
    try {
      for (const [number, push] of pushes.entries()) {
        write(root, push.files ?? {});
        const [asked, waits] = [server.requests.length, [] as number[]];
        server.faults = (push.faults ?? []).map((fault) => ({ ...fault, headers: withAddress(fault.headers) }));
        const { code, err, out } = await ran(push, join(root, folder), envOf({ head: `${number + 1}`, ...push }, event), waits);
        const sent = server.requests.slice(asked);
        expect(typeof push.sent === 'number' ? sent.length : sent).toEqual(push.sent);
        expect(err.trimEnd().split('\n').filter(Boolean)).toEqual((push.err ?? []).map((text) => expect.stringContaining(text)));
        const mine = server.comments.findLast(({ by }) => by === 'github-actions[bot]')?.body ?? '';
        let from = 0;
        for (const text of push.says ?? []) {
          expect(mine.slice(from)).toContain(text);
          from = mine.indexOf(text, from) + text.length;
        }
        for (const text of push.lacks ?? []) expect(mine).not.toContain(text);
        expect({ waits, code }).toEqual({ waits: push.waits ?? [], code: push.exit });
        expect([err, out, mine].filter((text) => text.includes(TOKEN))).toEqual([]);
      }
      expect(server.comments.slice(-left.length || Infinity).map(({ id, by }) => `${id} ${by}`)).toEqual(left);
      expect(elsewhere.requests).toEqual([]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  test('of more than a comment can hold, it takes what fits in', async () => {
    const many = Array.from({ length: 120 }, (_, number) => `-- pgmigrate-lint-ignore dropped-table: ${'because '.repeat(100)}\nDROP TABLE invoices_${number};\nCREATE INDEX ON orders_${'x'.repeat(40)}_${number} (id);\n`);
    const root = branchOf({ 'db/migrations/1.sql': 'SELECT 1;\n' }, { 'db/migrations/2.sql': `SET lock_timeout = '5s';\n${many.join('')}`, 'db/migrations/3.sql': index });
    const { code, err } = await ran({ sent: [], exit: 1, run: ['--rule', 'dropped-table=error'] }, root, envOf({ head: '1' }, {}), []);
    rmSync(root, { recursive: true });
    expect([code, err]).toEqual([1, '']);
    const [{ body } = { body: '' }] = server.comments;
    expect(body.length).toBeGreaterThan(50_000);
    expect(stateIn(body)?.found[0]?.rule).toBe('non-concurrent-index');
  });

  function withAddress(headers: Fault['headers'] = {}): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('ELSEWHERE', elsewhere.url)]));
  }

  function envOf({ head, env = {} }: Pick<Push, 'env'> & { readonly head: string }, event: object): Terminal['env'] {
    const path = join(outside, 'event.json');
    const repo = { full_name: 'ann/shop' };
    writeFileSync(path, JSON.stringify({ pull_request: { number: 7, head: { sha: head, repo }, base: { sha: '0', repo } }, ...event }));
    const own =
      forge === 'github'
        ? { GITHUB_TOKEN: TOKEN, GITHUB_REPOSITORY: 'ann/shop', GITHUB_API_URL: server.url, GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: 'pull_request' }
        : { GITLAB_TOKEN: TOKEN, CI_API_V4_URL: server.url, CI_PROJECT_ID: '5', CI_MERGE_REQUEST_IID: '7', CI_COMMIT_SHA: head };
    return { ...own, ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replace('SERVER', server.url)])) };
  }

  async function ran({ run = [], faults = [] }: Push, cwd: string, env: Terminal['env'], waits: number[]): Promise<{ code: number; out: string; err: string }> {
    let [out, err] = ['', ''];
    const terminal: Terminal = {
      cwd,
      env,
      isTerminal: false,
      showsProgress: false,
      columns: 500,
      now: () => 0,
      out: (text) => (out += text),
      err: (text) => (err += text),
      readStdin: async () => Buffer.alloc(0),
    };
    const patience = { timeout: faults.some(({ hangs }) => hangs) ? 300 : 60_000, pause: async (milliseconds: number) => void waits.push(milliseconds) };
    const args = parseArguments(['comment', `--${forge}`, '--since', 'main', '--quiet', '--no-cache', ...run], () => false);
    return { code: await commentCommand(args, terminal, rules, patience), out, err };
  }
});

describe('the body', () => {
  const hidden = hiddenState({ head: '1', found: [], gone: [] });
  const finding = (number: number): KeptFinding => ({ fingerprint: `${number}`.padStart(32, '0'), rule: 'non-concurrent-index', path: `db/migrations/${number}.sql`, line: number + 1 });

  test.each([
    ['in code', ['before', '````sql', ...Array<string>(400).fill('SELECT 1; -- ```')], '````'],
    ['in what is folded', ['<details>', '<summary>x</summary>', '', ...Array<string>(400).fill('- a long line')], '</details>'],
    ['behind code', ['```sql', 'SELECT 1;', '```', '', ...Array<string>(400).fill('- a long line')], '- a long line'],
    ['in a line without end', ['before', 'x'.repeat(5000)], 'before'],
  ])('that is too long %s is cut there, and all that is open is closed', (_, lines, last) => {
    const body = bodyOf(markerOf('a'), lines.join('\n'), hidden, 3000);
    expect(body.length).toBeLessThanOrEqual(3000);
    const [rest, shown = ''] = body.split('\n').slice(1, -2).reverse().filter((line) => line !== '');
    expect([rest, shown]).toEqual(['The rest does not fit in here; `pgmigrate-lint` prints all.', last]);
    expect(body.endsWith(hidden)).toBe(true);
  });

  test('that has just enough room is whole', () => {
    const text = Array<string>(50).fill('a line').join('\n');
    const whole = bodyOf(markerOf('a'), text, hidden, 10_000);
    expect(bodyOf(markerOf('a'), text, hidden, whole.length)).toBe(whole);
    expect(bodyOf(markerOf('a'), text, hidden, whole.length - 1)).toContain('The rest does not fit in here');
  });

  test('begins no line with a command of GitLab, in no fence either', () => {
    const text = ['#', '/close', '````sql', '```', '/merge', '/* a comment */', '/Approve', '````'].join('\n');
    expect(bodyOf('', text, '', 1000).trim()).toBe(['#', ' /close', '````sql', '```', ' /merge', '/* a comment */', ' /Approve', '````'].join('\n'));
  });

  test('remembers what is found, within its room', () => {
    const state = { head: 'c0ffee', found: [finding(1), finding(2)], gone: [finding(3)] };
    expect(stateIn(`text\n\n${hiddenState(state)}`)).toEqual(state);
    const many = Array.from({ length: 5000 }, (_, number) => finding(number));
    const text = hiddenState({ head: 'c0ffee', found: many, gone: many });
    expect(text.length).toBeLessThan(6600);
    const kept = stateIn(`\n${text}`);
    expect(kept?.found.slice(0, 2)).toEqual(many.slice(0, 2));
    expect(kept?.found.length).toBeGreaterThan(10);
    expect(hiddenState({ head: 'c0ffee', found: [{ ...finding(1), path: 'x'.repeat(10_000) }], gone: [] }).length).toBeLessThan(200);
  });

  test('believes no state but the last line of a comment', () => {
    const text = hiddenState({ head: '1', found: [finding(1)], gone: [] });
    expect(stateIn(`\n${text}\nmore`)).toBeUndefined();
    expect(stateIn(text)).toBeUndefined();
    expect(stateIn(`\n<!-- pgmigrate-lint-state ${'A'.repeat(10_000)} -->`)).toBeUndefined();
  });
});

function write(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text === null) rmSync(file);
    else writeFileSync(file, text);
  }
}
