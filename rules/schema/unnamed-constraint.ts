// Constraints that PostgreSQL has to find a name for.

import { definedColumns, list, overMigration, printName, type Constraint } from '../../src/rule/index.ts';

export default overMigration({
  id: 'unnamed-constraint',
  category: 'schema',
  summary: 'A CHECK, a foreign key, a UNIQUE or an EXCLUDE constraint has no name',
  hazard: 'PostgreSQL makes one up, and a later migration has to guess it; on another database it may be another',
  remedy: 'Write CONSTRAINT and a name before it',
  severity: 'info',
  preset: 'strict',
  since: '0.1.0',
  *check({ acts }) {
    for (const act of (['create-table', 'add-column', 'add-constraint'] as const).flatMap((kind) => acts.get(kind) ?? [])) {
      const { change, step, before } = act;
      const columns = definedColumns(act).flatMap(({ constraints }) => constraints);
      const own = change.kind === 'create-table' ? change.constraints : change.kind === 'add-constraint' ? [change.constraint] : [];
      const unnamed = [...columns, ...own].filter(({ name, type }) => name === undefined && words[type] !== undefined);
      if (unnamed.length === 0 || !('table' in change) || change.table === undefined) continue;
      if (change.kind === 'create-table' && change.persistence === 'temporary') continue;
      const kinds = list([...new Set(unnamed.map(({ type }) => words[type] ?? ''))]);
      const message = `PostgreSQL makes up the ${unnamed.length === 1 ? 'name' : 'names'} of ${kinds} of ${printName(before.qualify(change.table))}`;
      yield { step, span: change.span, message };
    }
  },
});

/** A table has one primary key, whose name is always the same. */
const words: Partial<Record<Constraint['type'], string>> = {
  check: 'a CHECK',
  'foreign-key': 'a foreign key',
  unique: 'a UNIQUE constraint',
  exclusion: 'an EXCLUDE constraint',
};
