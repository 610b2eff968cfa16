// A run over what was recorded, in the place of files.

import type { Overview } from '../../model/overview.ts';
import type { Recording } from '../../record/recording.ts';
import type { SourceText } from '../../text/source-text.ts';
import { loadParser } from '../reading/load-parser.ts';
import { Tally } from '../reading/tally.ts';
import type { Run, Work } from '../run.ts';
import type { Site } from '../site.ts';
import { recordedHistory } from './recorded-history.ts';

export async function runRecorded<Result>(recording: Recording, site: Site, work: Work<Result>): Promise<Run<Result>> {
  const { parser, warning } = await loadParser(site.settings.parser, site.settings.limits);
  const { history, notes } = await recordedHistory(recording, site, parser);
  const tally = new Tally();
  const migrations = [...tally.counting(history.migrations, () => undefined)];
  const result = await work([{ ...history, migrations }], site, new Map(), []);
  const { config, directory, path, isInner } = site.configuration;
  const command = recording.command.join(' ');
  const overview: Overview = {
    histories: [{ title: command, path: '.', migrations: tally.migrations, linted: tally.linted }],
    version: { major: history.version, source: history.versionSource },
    configuration: path,
    isConfiguredWithin: isInner,
    leftOut: [],
    notRun: [],
  };
  return {
    result,
    config,
    directory,
    sources: sourcesOf(migrations.map(({ source }) => source)),
    warnings: warning === undefined ? [] : [warning],
    notes,
    details: [],
    overview,
    unread: migrations.length === 0 ? `nothing was recorded: ${command} sent no migration; does it connect to where DATABASE_URL and PGHOST lead?` : undefined,
  };
}

/** By their paths, with those of the files in which what was sent stands. */
function sourcesOf(sources: readonly SourceText[]): ReadonlyMap<string, SourceText> {
  const all = sources.flatMap((source) => [source, ...source.passages.map((passage) => passage.source)]);
  return new Map(all.map((source) => [source.path, source]));
}
