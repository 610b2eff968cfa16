// How a statement stands in its file.

import type { TransactionMode } from '../model/migration.ts';
import type { Ailment } from './ailment.ts';

/**
 * `free`: each statement is on its own · `begun`: the file says BEGIN · `in-file`: the tool opens a transaction for the file · `in-run`:
 * … for all files of a run · `in-message`: the file is sent as one message · `mixed`: the file and the tool both open one.
 */
export type Standing = 'free' | 'begun' | 'in-file' | 'in-run' | 'in-message' | 'mixed';

export function standingOf({ step, parts }: Pick<Ailment, 'step' | 'parts'>): Standing {
  const mode = modeAt(step.statement.span.start, parts);
  const isBegun = step.session.transaction?.openedBy === 'statement';
  if (isBegun) return begun[mode];
  return standings[mode];
}

const standings: Readonly<Record<TransactionMode, Standing>> = { statement: 'free', file: 'in-file', run: 'in-run', batch: 'in-message' };

/** Of a message, BEGIN and COMMIT cut out a transaction. */
const begun: Readonly<Record<TransactionMode, Standing>> = { statement: 'begun', file: 'mixed', run: 'mixed', batch: 'in-message' };

function modeAt(offset: number, parts: Ailment['parts']): TransactionMode {
  const part = parts.find(({ spans }) => spans.some(({ start, end }) => start <= offset && offset < end)) ?? parts[0];
  return part?.transaction ?? 'statement';
}
