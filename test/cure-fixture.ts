// Fixtures of cures, as test/cures.test.ts explains them.

import { frameworkNames, type FrameworkName } from '../src/model/framework.ts';
import { transactionModes, type TransactionMode } from '../src/model/migration.ts';

export interface FixtureFile {
  readonly path: string;
  readonly sql: string;
}

export interface CureFixture {
  /** Lines `-- KEY: VALUE` before the first section. */
  readonly head: ReadonlyMap<string, string>;
  /** All values of a key. */
  readonly remarks: (key: string) => readonly string[];
  readonly framework: FrameworkName | undefined;
  readonly transaction: TransactionMode | undefined;
  /** `RULE: WHY`, one for each line. */
  readonly withheld: readonly string[];
  readonly beside: readonly FixtureFile[];
  /** Oldest first; the last one is new. */
  readonly given: readonly FixtureFile[];
  readonly cured: ReadonlyMap<string, string>;
}

/** A head `-- line-ends: crlf` is about all of its files. */
export function readCureFixture(text: string): CureFixture {
  const pieces = text.split(/^(?=-- (?:file|beside|cured): )/m);
  const isSection = (piece: string): boolean => /^-- (?:file|beside|cured): /.test(piece);
  const top = pieces.find((piece) => !isSection(piece)) ?? '';
  const pairs = Array.from(top.matchAll(/^-- (\w[\w-]*): (.+)$/gm), ([, key = '', value = '']) => [key, value] as const);
  const head = new Map(pairs);
  const remarks = (wanted: string): readonly string[] => pairs.flatMap(([key, value]) => (key === wanted ? [value] : []));
  const written = (sql: string): string => (head.get('line-ends') === 'crlf' ? sql.replaceAll('\n', '\r\n') : sql);
  const read = pieces.filter(isSection).map((section) => {
    const [, kind = '', path = '', sql = ''] = /^-- (file|beside|cured): (\S+)\n([^]*)$/.exec(section) ?? [];
    return { kind, path, sql: written(sql) };
  });
  const filesOf = (wanted: string): FixtureFile[] => read.filter(({ kind }) => kind === wanted).map(({ path, sql }) => ({ path, sql }));
  return {
    head,
    remarks,
    framework: frameworkNames.find((name) => name === head.get('framework')),
    transaction: transactionModes.find((mode) => mode === head.get('transaction')),
    withheld: remarks('withheld'),
    beside: filesOf('beside'),
    given: filesOf('file'),
    cured: new Map(filesOf('cured').map(({ path, sql }) => [path, sql])),
  };
}
