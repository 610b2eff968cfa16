// DROP that fails where there is nothing to drop.

import { namesIn, overMigration, printName, type Act, type RelationName } from '../../src/rule/index.ts';

export default overMigration({
  id: 'missing-if-exists',
  category: 'schema',
  summary: 'Something is dropped without IF EXISTS',
  hazard: 'The migration fails where it is gone already: after a run that got so far, or on a database that never had it',
  remedy: 'Write IF EXISTS',
  severity: 'info',
  preset: 'strict',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      for (const act of step.acts) {
        const { change } = act;
        if (!('ifExists' in change) || change.ifExists || !change.kind.startsWith('drop-') || act.reached !== 'always' || isMadeHere(act)) continue;
        yield { step, span: change.span, message: `This fails where ${nameOf(act)} is gone already` };
      }
    }
  },
});

/** Made by the migration itself, so it is there. */
function isMadeHere({ change, before }: Act): boolean {
  return namesIn(change).some((name) => before.isNew(name));
}

function nameOf({ change, before }: Act): string {
  const qualified = (name: RelationName | undefined): string => (name ? printName(before.qualify(name)) : '');
  if (change.kind === 'drop-column') return `${change.column} of ${qualified(change.table)}`;
  if (change.kind === 'drop-constraint') return `${change.constraint} of ${qualified(change.table)}`;
  if (change.kind === 'drop-trigger' || change.kind === 'drop-policy' || change.kind === 'drop-rule') return `${change.name} of ${qualified(change.table)}`;
  if (change.kind === 'drop-schema') return change.schema;
  return namesIn(change).map(printName)[0] ?? 'it';
}
