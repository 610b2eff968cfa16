// What takes a migration back: a part of its own file, or a file beside it.

import { join } from 'node:path';
import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Parser } from '../../parser/parser.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import type { Workshop } from '../cures/workshop.ts';
import { directoryOf, inputOf, readingOf, textOf, type ChosenHistory, type Texts } from '../reading/chosen-history.ts';
import { migrationsIn } from '../reading/migrations-in.ts';
import type { WayDownOf } from './irreversible.ts';

/** Where there is none, nothing takes it back. `isWanted`: whether anybody asks. */
export function waysDownIn(history: ChosenHistory, texts: Texts, workshop: Workshop, parser: Parser, isWanted: (migration: ParsedMigration) => boolean): WayDownOf {
  const reading = { ...readingOf(history, texts.limits), down: true };
  const files = new Map(history.files.map((one) => [one.path, one]));
  return (migration) => {
    const file = files.get(migration.source.path);
    if (file === undefined || !isWanted(migration)) return undefined;
    const inside = migrationsIn({ ...inputOf(file, texts, history), linted: true }, reading, parser).filter(({ direction, name }) => direction === 'aside' && name === migration.name);
    if (inside.length > 0) return inside;
    const beside = workshop.wayDownOf(workshop.below(file.path), workshop.paths(), history.root);
    if (beside === undefined) return [];
    const path = join(history.root.path, beside);
    return migrationsIn({ read: textOf(path, texts), path: displayPath(path, texts.cwd), linted: true, role: 'down', directory: directoryOf(path, history.root) }, reading, parser);
  };
}
