// Names that the search path has to complete.

import { namesIn, overMigration, printName, settingInForce, type Act, type Change, type RelationName } from '../../src/rule/index.ts';

export default overMigration({
  id: 'unqualified-name',
  category: 'schema',
  summary: 'Something is made or changed without the name of its schema',
  hazard: 'Where it ends up depends on the search_path of the role that runs the migration',
  remedy: 'Write the schema before the name, or SET search_path in the migration',
  severity: 'info',
  preset: 'strict',
  since: '0.1.0',
  *check({ steps }) {
    const seen = new Set<string>();
    for (const step of steps) {
      if (settingInForce(step.session, 'search_path') !== undefined) continue;
      for (const act of step.acts) {
        for (const name of namesIn(act.change).filter((one) => dependsOnPath(one, act))) {
          if (seen.has(name.name)) continue;
          seen.add(name.name);
          yield { step, span: act.change.span, message: `${printName(name)} has no schema: the search_path decides which one is meant` };
        }
      }
    }
  },
});

/** Temporary tables have a schema that nobody writes. */
function dependsOnPath(name: RelationName, { change, before, after }: Act): boolean {
  return name.schema === undefined && !isTemporary(change) && [before, after].every((catalog) => catalog.qualify(name).schema !== 'pg_temp');
}

function isTemporary(change: Change): boolean {
  return (change.kind === 'create-table' && change.persistence === 'temporary') || (change.kind === 'create-view' && change.temporary);
}
