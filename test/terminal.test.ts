// The command as a process: what it does to a terminal and to a pipe.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../src/cli/main.ts';
import { withProgress } from '../src/cli/progress.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { buildCommand } from './command.ts';

const bin = buildCommand('terminal');
const many = Array.from({ length: 3000 }, (_, index) => `ALTER TABLE orders_${index} ADD note text;\n`).join('');

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'))));

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a pipe whose reader goes away', () => {
  test.each([
    ['the report', '', '1'],
    ['the report of a run that does not fail', '--fail-on never', '0'],
    ['the report beside a file', '--format pretty --format json=out.json', '1'],
  ])('ends %s quietly, with the exit code of the verdict', (_, options, code) => {
    writeFileSync(join(folder, 'many.sql'), many);
    const script = `"${process.execPath}" "${bin}" many.sql ${options} | head -c 1; echo " \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe(`e ${code}\n`);
  });
});

test('a working directory that is gone is a mistake of the call', () => {
  for (const words of [['db'], [], ['--version'], ['-'], ['explain', 'db'], ['init', '--yes'], ['--since', 'main', 'db']]) {
    const gone = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
    const script = `cd "${gone}" && rmdir "${gone}" && "${process.execPath}" "${bin}" "$@"`;
    const { stdout, stderr, status } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8', input: 'SELECT 1;' });
    if (words[0] === '--version') expect([status, stderr]).toEqual([0, '']);
    else expect([stdout, stderr, status]).toEqual(['', expect.stringMatching(/^pgmigrate-lint: the working directory is gone, .*\n$/), 2]);
  }
});

interface Watched extends Terminal {
  readonly written: string[];
}

/** A terminal whose clock goes on by `pace` milliseconds whenever somebody looks at it. */
function watchedTerminal(pace: number, showsProgress = true): Watched {
  const written: string[] = [];
  let time = 0;
  return {
    cwd: folder,
    env: {},
    isTerminal: true,
    showsProgress,
    columns: 80,
    now: () => (time += pace),
    out: (text) => written.push(`out: ${text}`),
    err: (text) => written.push(text),
    readStdin: () => Promise.resolve(Buffer.alloc(0)),
    written,
  };
}

describe('progress', () => {
  const lintThree = async (terminal: Watched, ...options: readonly string[]): Promise<string[]> => {
    for (const name of ['1', '2', '3']) writeFileSync(join(folder, `${name}.sql`), 'SELECT 1;');
    await main(['--format', 'unix', '--postgres', '18', '.', ...options], terminal);
    return terminal.written;
  };

  test('is shown by a long run, and cleared before the report', async () => {
    const line = (done: number): string => `\r\x1b[K${done} of 3 files`;
    expect(await lintThree(watchedTerminal(2000))).toEqual([line(1), line(2), line(3), '\r\x1b[K', 'out: ']);
  });

  test.each([
    ['a run of less than a second', watchedTerminal(1)],
    ['a run whose standard error is no terminal', watchedTerminal(2000, false)],
  ])('is not shown by %s', async (_, terminal) => {
    expect(await lintThree({ ...terminal, cwd: folder })).toEqual(['out: ']);
  });

  test('is shown at most ten times a second', async () => {
    const terminal = watchedTerminal(50);
    await withProgress(terminal, 'files', async ({ show }) => {
      for (let done = 1; done <= 60; done += 1) show(done, 60);
    });
    expect(terminal.written.length).toBeLessThan(25);
    expect(terminal.written.length).toBeGreaterThan(5);
  });

  test('is cleared before what is said of a mistake', async () => {
    const terminal = watchedTerminal(2000);
    const work = withProgress(terminal, 'files', async ({ show }) => {
      show(1, 2);
      throw new Error('gone');
    });
    await expect(work).rejects.toThrow('gone');
    expect(terminal.written).toEqual(['\r\x1b[K1 of 2 files', '\r\x1b[K']);
  });
});
