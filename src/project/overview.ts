// What a run looked at, in data: histories, PostgreSQL, and what was left out.

import { sumOfLeftOut } from '../model/left-out.ts';
import type { HistoryOverview, LeftOutPlace, Overview } from '../model/overview.ts';
import { oldestOf, type StatedVersion } from '../model/version.ts';
import { displayPath } from '../sources/disk/display-path.ts';
import type { Choice } from './choice.ts';
import type { Told } from './reading/read-choice.ts';
import type { Site } from './site.ts';

/** When all has been told. */
export function overviewOf(told: readonly Told[], histories: readonly StatedVersion[], choice: Choice, site: Site): Overview {
  const oldest = oldestOf(histories);
  return {
    histories: told.map((one) => historyOverview(one, site)),
    version: oldest && { major: oldest.version, source: oldest.versionSource },
    configuration: site.configuration.path,
    isConfiguredWithin: site.configuration.isInner,
    leftOut: leftOutPlaces(choice, site),
    notRun: sumOfLeftOut(
      told.flatMap(({ tally }) => tally.leftOut),
      choice.histories.flatMap(({ leftOut }) => leftOut),
    ),
  };
}

function historyOverview({ title, root, tally: { migrations, linted } }: Told, { options: { cwd } }: Site): HistoryOverview {
  return { title, path: root === cwd ? '.' : displayPath(root, cwd), migrations, linted };
}

/** Tests and examples are what anybody would leave out. */
function leftOutPlaces({ search, unchecked }: Choice, { options: { cwd } }: Site): LeftOutPlace[] {
  const others = search?.leftOut.filter(({ kind }) => kind !== 'unused') ?? [];
  const beside = unchecked.said.map(({ file: path, why }) => ({ path, why }));
  return [...others, ...beside].map(({ path, why }) => ({ path: displayPath(path, cwd), why }));
}

/** For who asks how it is known. */
export function detailsOf(told: readonly Told[], choice: Choice, site: Site): string[] {
  const { cwd } = site.options;
  const found = choice.search?.found ?? [];
  const others = choice.search?.leftOut.filter(({ kind }) => kind === 'unused') ?? [];
  return [
    ...found.map(({ root, why }) => `${displayPath(root.path, cwd)}: ${why}`),
    ...others.map(({ path, why }) => `${displayPath(path, cwd)} is left out: ${why}`),
    ...told.map((one) => historyInWords(historyOverview(one, site))),
  ];
}

function historyInWords({ title, path, migrations, linted }: HistoryOverview): string {
  return `${path}: ${title}, ${migrations} ${migrations === 1 ? 'migration' : 'migrations'}, ${linted} linted`;
}
