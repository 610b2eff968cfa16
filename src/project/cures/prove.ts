// Runs a history on a server twice: as it is, and as cures would have it. What is behind both has to be the same.

import type { History, ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Proof, TracedMigration } from '../../model/report.ts';
import { schemaDifferences, schemaOf, type Schema } from '../../trace/schema.ts';
import type { StageOptions } from '../stage.ts';
import { playHistory, type Played } from '../trace.ts';
import type { Rewriting } from './repair.ts';

export type ProofOptions = Pick<StageOptions, 'databaseUrl' | 'env' | 'isAsIs' | 'say'> & { readonly progress: (done: number, total: number) => void };

/** Throws a `UserError` where there is no server to run it on. `changed`: paths that cures change or write. The history has been told from its beginning. */
export async function prove({ history, told, manuscript: { checked } }: Rewriting, changed: ReadonlySet<string>, options: ProofOptions): Promise<Proof> {
  const were = told.map(({ migration }) => migration);
  const first = were.findIndex(({ source }) => source.path === checked[0]?.document.path);
  const now = [...were.slice(0, Math.max(0, first)), ...checked.flatMap(({ examined }) => examined.map(({ migration }) => migration))];
  const said = new Set<string>();
  const say = (sentence: string): void => {
    if (!said.has(sentence)) options.say(sentence);
    said.add(sentence);
  };
  const before = await play(history, were, { ...options, say });
  const after = await play(history, now, { ...options, say });
  const ofChanged = ({ trace: { migrations } }: Played<Schema>): readonly TracedMigration[] => migrations.filter(({ path }) => changed.has(path));
  return {
    server: before.server,
    before: ofChanged(before),
    after: ofChanged(after),
    differences: refusedIn(before).length > 0 ? undefined : schemaDifferences(before.seen, after.seen),
    objects: after.seen.size,
    refused: refusedIn(after),
  };
}

function play(history: History, migrations: readonly ParsedMigration[], options: ProofOptions): Promise<Played<Schema>> {
  const whole: History = { ...history, migrations, reached: undefined, told: undefined, onHistoryTold: undefined };
  return playHistory(whole, { ...options, isAgreed: false, isProof: true, mayCommit: false }, ({ connection }) => schemaOf(connection));
}

function refusedIn({ trace: { migrations } }: Played<Schema>): readonly string[] {
  return migrations.flatMap(({ path, statements }) => statements.flatMap(({ line, error }) => (error === undefined ? [] : [`${path}:${line}: ${error.message} (${error.code})`])));
}
