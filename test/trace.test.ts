// What `trace` promises where no server of its own is needed; with real ones, `npm run prove` plays fixtures/trace.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Statement } from '../src/model/statement.ts';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import type { Parser } from '../src/parser/parser.ts';
import { SourceText } from '../src/text/source-text.ts';
import { resolveAddress, type Address } from '../src/trace/address/address.ts';
import { parseKeywords } from '../src/trace/address/keyword-string.ts';
import { isUri, parseUri } from '../src/trace/address/uri.ts';
import { withoutRole } from '../src/trace/address/without-role.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { notRun } from '../src/trace/not-run.ts';
import { replayAndRollBack, type Run } from '../src/trace/replay.ts';
import { read } from './fixture.ts';

interface Connection {
  readonly text: string;
  readonly is?: Readonly<Record<string, string>>;
  readonly refused?: boolean;
}

const connections: readonly Connection[] = parse(read('fixtures/connections.yml'));

describe('the words of a connection', () => {
  test.each(connections)('$text', ({ text, is, refused }) => {
    const parsed = (): object => Object.fromEntries(isUri(text) ? parseUri(text) : parseKeywords(text));
    if (refused) expect(parsed).toThrow('--database-url: ');
    else expect(parsed()).toEqual(is);
  });
});

describe('where a connection leads', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'))));
  afterEach(() => rmSync(home, { recursive: true }));

  const resolved = (text: string, env: Readonly<Record<string, string>> = {}): Address => resolveAddress(text, { env, home, user: 'ann' });
  const ways = (address: Address): string[] =>
    address.ways.map(({ place: { host, hostAddress, port, encryption }, login: { user, database, password } }) => {
      return [`${user}@${host}${hostAddress ? `=${hostAddress}` : ''}:${port}/${database}`, encryption.kind, password.kind === 'known' ? password.text : '-'].join(' ');
    });
  const write = (name: string, text: string, mode = 0o600): void => {
    writeFileSync(join(home, name), text);
    chmodSync(join(home, name), mode);
  };

  test('its own words come first, then its service, then the environment, then the user', () => {
    write('.pg_service.conf', '[shop]\nhost=served\nport=5433\nuser=bob\n');
    const env = { PGHOST: 'env', PGUSER: 'eve', PGDATABASE: 'envdb', PGSSLMODE: 'disable' };
    expect(ways(resolved('service=shop user=joe', env))).toEqual(['joe@served:5433/envdb none -']);
    expect(ways(resolved('postgres://', env))).toEqual(['eve@env:5432/envdb none -']);
    expect(ways(resolved('postgres://h', { PGSSLMODE: 'disable', PGSERVICE: 'shop' }))).toEqual(['bob@h:5433/bob none -']);
    expect(ways(resolved('host=h', { PGSSLMODE: 'disable' }))).toEqual(['ann@h:5432/ann none -']);
  });

  test('sslmode decides what is tried', () => {
    expect(ways(resolved('postgres://h/shop'))).toEqual(['ann@h:5432/shop tls -', 'ann@h:5432/shop none -']);
    expect(ways(resolved('postgres://h/shop?sslmode=allow'))).toEqual(['ann@h:5432/shop none -', 'ann@h:5432/shop tls -']);
    expect(ways(resolved('postgres://h/shop?ssl=true'))).toEqual(['ann@h:5432/shop tls -']);
    expect(ways(resolved('postgres:///shop?host=/tmp&sslmode=require'))).toEqual(['ann@/tmp:5432/shop none -']);
    expect(() => resolved('postgres://h/shop?sslmode=verify-ca')).toThrow('sslrootcert: the file');
    expect(() => resolved('postgres://h/shop?sslmode=no-verify')).toThrow('sslmode is none of');
  });

  test('several servers, each with its port', () => {
    const env = { PGSSLMODE: 'disable' };
    expect(ways(resolved('postgres://a:1,b:2/shop', env))).toEqual(['ann@a:1/shop none -', 'ann@b:2/shop none -']);
    expect(ways(resolved('host=a,b port=7 dbname=shop', env))).toEqual(['ann@a:7/shop none -', 'ann@b:7/shop none -']);
    expect(ways(resolved('host=a hostaddr=::1 dbname=shop', env))).toEqual(['ann@a=::1:5432/shop none -']);
    expect(() => resolved('host=a,b,c port=1,2', env)).toThrow('a different number of servers');
    expect(() => resolved('host=a target_session_attrs=standby', env)).toThrow('a trace writes');
  });

  test('the password file is read as libpq reads it', () => {
    const env = { PGSSLMODE: 'disable' };
    write('.pgpass', '# h:5432:shop:ann:commented\nother:*:*:*:no\nh:5432:*:ann:hunter\\:two\\\\\n');
    expect(ways(resolved('postgres://h/shop', env))).toEqual(['ann@h:5432/shop none hunter:two\\']);
    expect(ways(resolved('postgres://h:5433/shop', env))).toEqual(['ann@h:5433/shop none -']);
    expect(ways(resolved('postgres://h/shop?password=own', env))).toEqual(['ann@h:5432/shop none own']);
    expect(ways(resolved('postgres://h/shop', { ...env, PGPASSWORD: 'env' }))).toEqual(['ann@h:5432/shop none env']);
    write('.pgpass', 'h:5432:*:ann:hunter2', 0o644);
    const [way] = resolved('postgres://h/shop', env).ways;
    expect(way?.login.password).toMatchObject({ kind: 'unknown', why: expect.stringContaining('others may read it') });
  });

  test('options keep all but the role', () => {
    expect(withoutRole('-c role=app -c search_path=a\\ b --session-authorization=x -crole=y -c geqo=off')).toBe('-c search_path=a\\ b -c geqo=off');
    expect(withoutRole('-c role=app')).toBeUndefined();
  });
});

interface Reaching {
  readonly sql: string;
  readonly is?: 'program' | 'file' | 'server' | 'rows';
}

describe('what reaches further than the database is not sent', () => {
  const reasons = {
    program: 'it would start a program on the server',
    file: 'it would read or write a file of the server',
    server: 'it would change more of the server than this database',
    rows: 'the rows of COPY FROM STDIN are not sent',
  };
  const reaching: readonly Reaching[] = parse(read('fixtures/outreach.yml'));
  let parser: Parser;
  beforeAll(async () => (parser = libpgParser(await loadGrammar())));

  test.each(reaching)('$sql', ({ sql, is }) => {
    const statements = parser.parse(new SourceText('db/1.sql', `${sql};\n`)).statements;
    expect(statements.map((one) => notRun(one, sql, 'nothing'))).toEqual([is && reasons[is]]);
  });
});

describe('a transaction that is rolled back', () => {
  const statement: Statement = { kind: 'harmless', command: 'SELECT', span: { start: 0, end: 0 }, features: [] };
  const run = (sql: string): Run => ({ statement, sql, place: 'db/1.sql:2:1', isForbidden: false });
  let server: Server;
  beforeAll(async () => (server = await startEmbedded(new Set())));
  afterAll(() => server.stop());

  /** The client of the embedded server runs several statements of one string, so all of these come through there. */
  test.each(['COMMIT', 'COMMIT; BEGIN', 'COMMIT AND CHAIN', 'SELECT 1; END; START TRANSACTION', 'ROLLBACK; BEGIN', 'ROLLBACK AND CHAIN', 'ABORT', 'COMMIT; SELECT 1/0'])(
    'that something ends in secret is missed, and the run stops: %s',
    async (sql) => {
      const replay = replayAndRollBack(server, { mayCommit: true, say: () => undefined });
      await replay.startMigration([], 'statement');
      await replay.observe(run('CREATE TABLE IF NOT EXISTS stays (id int)'));
      await expect(replay.observe(run(sql))).rejects.toThrow('db/1.sql:2:1: SELECT ended the transaction in which all is run');
      await replay.finish();
      await server.connection.run('ROLLBACK');
    },
  );

  test('that nothing ends goes on', async () => {
    const replay = replayAndRollBack(server, { mayCommit: false, say: () => undefined });
    await replay.startMigration([], 'statement');
    await replay.observe(run('CREATE TABLE goes (id int)'));
    await replay.observe(run('SELECT 1/0'));
    await replay.observe(run('SAVEPOINT one; ROLLBACK TO one'));
    await replay.finish();
    expect(await server.connection.rows("SELECT FROM pg_class WHERE relname = 'goes'")).toEqual([]);
  });
});
