// The command line as its users meet it: scenarios in fixtures/cli, each in a folder of its own.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { filesBelow, read } from './fixture.ts';
import { runMain, type Ended } from './run-main.ts';

jest.setTimeout(120_000);

interface Scenario {
  readonly name: string;
  readonly run: readonly string[];
  /** The working directory; else the folder itself, which is the root of a repository. */
  readonly in?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Contents in hexadecimal. */
  readonly bytes?: Readonly<Record<string, string>>;
  readonly directories?: readonly string[];
  /** Symbolic links and what they say. */
  readonly links?: Readonly<Record<string, string>>;
  /** Named pipes, into which nobody writes. */
  readonly pipes?: readonly string[];
  readonly stdin?: string;
  /** What somebody at a terminal answers; else there is nobody to ask. */
  readonly answers?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly exit: number;
  readonly out?: readonly string[];
  readonly err?: readonly string[];
  /** Neither on standard output nor on standard error. */
  readonly not?: readonly string[];
  readonly silent?: boolean;
  readonly written?: Readonly<Record<string, string>>;
  /** All that is in a folder afterwards. */
  readonly listed?: Readonly<Record<string, readonly string[]>>;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  mkdirSync(join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(filesBelow('fixtures/cli', '.yml'))('%s', (path) => {
  const scenarios: Scenario[] = parse(read(path));

  test.each(scenarios)('$name', async (scenario) => {
    prepare(scenario);
    const { code, out, err } = await runIn(join(folder, scenario.in ?? '.'), scenario);
    for (const text of scenario.out ?? []) expect(out).toContain(text);
    for (const text of scenario.err ?? []) expect(err).toContain(text);
    for (const text of scenario.not ?? []) expect(out + err).not.toContain(text);
    for (const [file, text] of Object.entries(scenario.written ?? {}))
      expect(readFileSync(join(folder, file), 'utf8')).toContain(text);
    for (const [directory, names] of Object.entries(scenario.listed ?? {}))
      expect(readdirSync(join(folder, directory)).toSorted()).toEqual(names);
    if (scenario.silent) expect(out + err).toBe('');
    expect(err).not.toMatch(/^ +at /m);
    expect(code).toBe(scenario.exit);
  });
});

function prepare({ files = {}, bytes = {}, directories = [], links = {}, pipes = [] }: Scenario): void {
  for (const directory of directories) mkdirSync(join(folder, directory), { recursive: true });
  for (const [file, content] of Object.entries(files)) write(file, Buffer.from(content));
  for (const [file, content] of Object.entries(bytes)) write(file, Buffer.from(content, 'hex'));
  for (const [link, target] of Object.entries(links)) symlinkSync(target, join(folder, link));
  for (const pipe of pipes) execFileSync('mkfifo', [join(folder, pipe)]);
}

function write(file: string, content: Buffer): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
}

async function runIn(cwd: string, { run, stdin = '', env = {}, answers }: Scenario): Promise<Ended> {
  let seen = '';
  const out = (text: string): void => void (seen += text);
  const open = [...(answers ?? [])];
  const ask = (question: string): Promise<string> => {
    out(`${question}\n`);
    return Promise.resolve(open.shift() ?? 'no');
  };
  const ended = await runMain(run, cwd, { env, out, readStdin: () => Promise.resolve(Buffer.from(stdin)), ...(answers === undefined ? {} : { ask }) });
  return { ...ended, out: seen };
}
