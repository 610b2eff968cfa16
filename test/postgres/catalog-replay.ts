// Replays a history here and on a server, statement by statement, and tells where the two catalogs differ.

import { tell } from '../../src/engine/narrate.ts';
import { openMigration } from '../../src/history/story.ts';
import { Catalog } from '../../src/model/catalog.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { Refusal, type Server } from '../../src/trace/connection.ts';
import { linesHere } from './catalog-here.ts';
import { differencesOf } from './catalog-lines.ts';
import { linesThere } from './catalog-there.ts';

interface Text {
  readonly path: string;
  readonly sql: string;
}

/** In sentences. Statements that the server refuses do nothing here either. */
export interface ReplayedCatalog {
  readonly differences: readonly string[];
  readonly refused: readonly string[];
}

/** Oldest first, each on a connection of its own, compared behind each. */
export async function compareReplay(migrations: readonly Text[], parser: Parser, server: Server): Promise<ReplayedCatalog> {
  const { connection, version } = server;
  const refused: string[] = [];
  const found: string[] = [];
  let catalog = Catalog.start('empty');
  for (const { path, sql } of migrations) {
    await connection.run('DISCARD ALL');
    const source = new SourceText(path, sql);
    const { statements, problems } = parser.parse(source);
    found.push(...problems.map(({ message }) => `${path}: ${message}`));
    let story = openMigration(catalog, { settings: new Map(), newTables: 'migration' });
    for (const statement of statements) {
      try {
        await connection.run(source.slice(statement.span));
        story = tell(statement, story, version).story;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push(`${path}:${source.rangeOf(statement.span).line}: ${error.message}`);
      }
    }
    catalog = story.catalog;
    await connection.run('RESET ALL');
    found.push(...differencesOf(linesHere(catalog, version), await linesThere(connection, version)).map((line) => `${path}: ${line}`));
  }
  return { differences: found, refused };
}
