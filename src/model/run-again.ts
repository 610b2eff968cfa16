// What happens when a file is run again that was committed in part.

import type { Change } from './change.ts';
import { timeoutInForce } from './session.ts';
import type { Step } from './timeline.ts';

/** It waits for a lock that long transactions of others keep, and not for ever. */
export function mayGiveUp({ effects, session }: Step): boolean {
  return typeof timeoutInForce(session, 'lock_timeout') === 'number' && effects.some((effect) => !effect.new && gravely.has(effect.lock));
}

const gravely: ReadonlySet<string> = new Set(['SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE']);

/** Does it fail where it is done already? */
export function failsAgain(change: Change): boolean {
  if (change.kind === 'create-table' && change.persistence === 'temporary') return false;
  if ('ifNotExists' in change) return !change.ifNotExists;
  if ('ifExists' in change) return !change.ifExists;
  if ('replace' in change) return !change.replace;
  if (change.kind === 'add-constraint') return change.constraint.name !== undefined || change.constraint.type === 'primary-key';
  return unrepeatable.has(change.kind);
}

const unrepeatable: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'rename-column',
  'rename-constraint',
  'rename-trigger',
  'rename-policy',
  'rename-enum-value',
  'create-enum',
  'create-composite',
  'create-domain',
  'create-policy',
  'attach-partition',
  'detach-partition',
]);
