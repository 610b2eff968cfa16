// Names that PostgreSQL cuts.

import { longNames, overMigration } from '../../src/rule/index.ts';

export default overMigration({
  id: 'long-identifier',
  category: 'schema',
  summary: 'A name is longer than the 63 bytes that PostgreSQL keeps of it',
  hazard: 'PostgreSQL cuts it with nothing but a notice; two names that are cut alike are one',
  remedy: 'Use a name of at most 63 bytes',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  *check({ steps, source }) {
    const seen = new Map<string, string>();
    for (const step of steps) {
      for (const { name, kept, span } of longNames(source, step.statement.span)) {
        const other = seen.get(kept);
        if (other === name) continue;
        seen.set(kept, name);
        const message = other === undefined ? `PostgreSQL cuts this name to ${kept}` : `PostgreSQL cuts this name to ${kept}, and so it does ${other}: they are the same`;
        yield { step, span, message };
      }
    }
  },
});
