// The other linters, fetched by the benchmark alone and kept outside of the repository. Where one can't be fetched, it is left out.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const packages = ['squawk-cli@2.66.0', '@flvmnt/pgfence@0.1.5', '@postgrestools/postgrestools@0.25.7'];
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pgmigrate-lint', 'competitors');

/** By name, the words that lint `paths`; paths may be globs, which a shell expands. */
export function findCompetitors() {
  fetchAll();
  const squawk = binaryIn('@squawk-cli');
  const postgrestools = binaryIn('@postgrestools');
  const pgfence = join(cache, 'node_modules/.bin/pgfence');
  const found = {
    squawk: squawk && ((paths) => shell(`"${squawk}" ${paths}`)),
    pgfence: existsSync(pgfence) && ((paths) => shell(`"${process.execPath}" "${pgfence}" analyze ${paths}`)),
    postgrestools: postgrestools && ((paths) => shell(`"${postgrestools}" check --disable-db ${paths}`)),
  };
  return Object.fromEntries(Object.entries(found).filter(([, command]) => command));
}

function shell(line) {
  return ['sh', '-c', `exec ${line}`];
}

function fetchAll() {
  if (existsSync(join(cache, 'node_modules', '@postgrestools'))) return;
  mkdirSync(cache, { recursive: true });
  try {
    execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', cache, ...packages]);
  } catch {
    console.error('the other linters could not be fetched here');
  }
}

/** The program itself, without the Node script around it. */
function binaryIn(scope) {
  const folder = join(cache, 'node_modules', scope);
  if (!existsSync(folder)) return undefined;
  const found = execFileSync('find', [folder, '-type', 'f', '-size', '+1M', '!', '-name', '*.node'], { encoding: 'utf8' }).split('\n')[0];
  if (found) execFileSync('chmod', ['+x', found]);
  return found || undefined;
}
