// What is to be said of a history when it has been told to its end.

import type { History } from '../../engine/parsed-migration.ts';
import type { MigrationHistory } from '../../sources/migrations/migration-history.ts';
import { Irreversible, type WayDownOf } from './irreversible.ts';
import { NeverValidated } from './never-validated.ts';

export interface End {
  readonly hear: NonNullable<History['onTold']>;
  /** Read when it is told. */
  readonly histories: readonly History[];
}

export function endOf({ isToEnd }: Pick<MigrationHistory, 'isToEnd'>, history: History, wayDownOf: WayDownOf, rulingOn: Parameters<NeverValidated['history']>[1]): End {
  const [open, irreversible] = [new NeverValidated(), new Irreversible(wayDownOf, history)];
  return {
    hear: (...told) => {
      if (isToEnd) open.hear(...told);
      irreversible.hear(...told);
    },
    histories: [open.history(history, rulingOn), irreversible.history()],
  };
}
