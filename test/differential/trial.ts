// A history that is told and run at once, statement by statement, and where the two differ.

import { Catalog } from '../../src/model/catalog.ts';
import type { PostgresVersion } from '../../src/model/version.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { compare } from '../../src/trace/compare.ts';
import type { Server } from '../../src/trace/connection.ts';
import { replayOneByOne } from '../../src/trace/replay.ts';
import { linesHere } from '../postgres/catalog-here.ts';
import { differencesOf, type CatalogLines } from '../postgres/catalog-lines.ts';
import { linesThere } from '../postgres/catalog-there.ts';
import { emptyDatabase } from '../postgres/empty-database.ts';
import { claimOf } from './telling.ts';

/** `effects`: locks and work · `catalog`: what is there behind it · `alarm`: PostgreSQL runs what we say it refuses. */
export interface Difference {
  readonly kind: 'effects' | 'catalog' | 'alarm' | 'unread' | 'crash';
  readonly words: string;
}

export interface Outcome {
  readonly differences: readonly Difference[];
  /** SQLSTATE, where the server refused it, and whether we said so. */
  readonly refused: { readonly code: string; readonly message: string; readonly isForeseen: boolean } | undefined;
  readonly effects: number;
  readonly assumed: number;
}

export interface Trial {
  run(sql: string): Promise<Outcome>;
}

/** Begins with an empty database. */
export async function startTrial(server: Server, parser: Parser): Promise<Trial> {
  await server.connection.run('DISCARD ALL');
  await emptyDatabase(server.connection);
  const replay = replayOneByOne(server, 'process');
  let catalog = Catalog.start('empty');
  return {
    run: async (sql) => {
      const outcome = await tryOne(sql, catalog, { server, parser, replay });
      catalog = outcome.catalog;
      return outcome;
    },
  };
}

interface Lab {
  readonly server: Server;
  readonly parser: Parser;
  readonly replay: ReturnType<typeof replayOneByOne>;
}

async function tryOne(sql: string, catalog: Catalog, { server, parser, replay }: Lab): Promise<Outcome & { readonly catalog: Catalog }> {
  const claim = claimed(sql, catalog, server.version, parser);
  if ('crash' in claim) return { differences: [{ kind: 'crash', words: claim.crash }], refused: undefined, effects: 0, assumed: 0, catalog };
  const [statement] = parser.parse(new SourceText('next.sql', sql)).statements;
  if (statement === undefined || claim.step === undefined) return { differences: [{ kind: 'unread', words: sql }], refused: undefined, effects: 0, assumed: 0, catalog };
  await replay.startMigration([statement], 'statement');
  const observation = await replay.observe({ statement, sql, place: 'next.sql:1:1', isForbidden: false });
  const { effects } = claim.step;
  const counts = { effects: effects.length, assumed: effects.filter(({ certainty }) => certainty === 'assumed').length };
  if (observation.kind === 'not-run') return { ...counts, differences: [], refused: undefined, catalog };
  if (observation.kind === 'refused') {
    const { code, message } = observation;
    return { ...counts, differences: [], refused: { code, message, isForeseen: claim.refusals.length > 0 }, catalog };
  }
  await server.connection.run('RESET ALL');
  const differences: Difference[] = [
    ...claim.refusals.map((words) => ({ kind: 'alarm' as const, words })),
    ...compare(claim.step, observation).map((words) => ({ kind: 'effects' as const, words })),
    ...catalogDifferences(linesHere(claim.catalog), await linesThere(server.connection)),
  ];
  return { ...counts, differences, refused: undefined, catalog: claim.catalog };
}

/** Without the columns that a relation may have beside those that we know: of them, nothing is claimed. */
function catalogDifferences(ours: CatalogLines, theirs: CatalogLines): Difference[] {
  const isOpen = (key: string): boolean => ours.get(key)?.endsWith('…') === true;
  const claims = new Map([...theirs].filter(([key]) => {
    const relation = /^columns? ((?:[^.]|\.(?=pg_))+\.[^.]+)/.exec(key)?.[1];
    return relation === undefined || ours.has(key) ? !isOpen(key) : !isOpen(`columns ${relation}`);
  }));
  const said = new Map([...ours].filter(([key]) => !isOpen(key)));
  return differencesOf(said, claims).map((words) => ({ kind: 'catalog', words }));
}

function claimed(sql: string, catalog: Catalog, version: PostgresVersion, parser: Parser): ReturnType<typeof claimOf> | { readonly crash: string } {
  try {
    return claimOf(sql, catalog, version, parser);
  } catch (error) {
    return { crash: error instanceof Error ? `${error.message} ${String(error.stack).split('\n')[1] ?? ''}` : String(error) };
  }
}
