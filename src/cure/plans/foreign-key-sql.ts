// A foreign key as SQL. Whether what refuses is NO ACTION or RESTRICT, and MATCH FULL, history does not tell.

import type { KeyAction } from '../../model/constraint.ts';
import { quotedList } from '../hand.ts';
import type { PlacedKey } from './column-dependents.ts';

/** `ending`: what stands behind it: ` NOT VALID`. */
export function foreignKeySql({ key, to, referencedColumns }: PlacedKey, ending: string): string {
  const deferral = key.deferrable ? ` DEFERRABLE${key.deferred ? ' INITIALLY DEFERRED' : ''}` : '';
  const actions = actionSql('DELETE', key.onDelete) + actionSql('UPDATE', key.onUpdate);
  return `FOREIGN KEY (${quotedList(key.columns)}) REFERENCES ${to.sql} (${quotedList(referencedColumns)})${actions}${deferral}${key.enforced ? ending : ' NOT ENFORCED'}`;
}

function actionSql(event: string, action: KeyAction | undefined): string {
  if (action === undefined) return '';
  if (action.kind === 'cascade') return ` ON ${event} CASCADE`;
  const columns = action.columns.length === 0 ? '' : ` (${quotedList(action.columns)})`;
  return ` ON ${event} ${action.kind === 'set-null' ? 'SET NULL' : 'SET DEFAULT'}${columns}`;
}
