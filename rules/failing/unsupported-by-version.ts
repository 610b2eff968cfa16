// What the oldest server that the migrations run on does not know.

import { certainRuns, overMigration, type Feature, type Statement, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'unsupported-by-version',
  category: 'failing',
  summary: 'A statement needs a newer PostgreSQL than the oldest one that it will run on',
  hazard: 'The migration fails there with a syntax error, or with one about something undefined',
  remedy: 'Write it so that the older server understands it; or set `postgres` in the configuration to the oldest version that you run',
  severity: 'error',
  since: '0.1.0',
  *check({ steps }) {
    for (const step of steps) {
      for (const feature of featuresThatRun(step.statement)) {
        const { name, since, span } = feature;
        if (since <= step.version || isOwnFunction(feature, step)) continue;
        const message = `PostgreSQL ${step.version} does not know ${name}: it is new in ${since}`;
        yield { step, span, message, ...(feature.call && step.before.parts.origin === 'unknown' ? { atMost: 'warning' } : {}) };
      }
    }
  },
});

/** What stands in a branch of a block may ask for the version first. */
function featuresThatRun(statement: Statement): readonly Feature[] {
  return certainRuns(statement).flatMap(({ features }) => features);
}

function isOwnFunction({ call }: Feature, { before }: Step): boolean {
  return call !== undefined && before.function(call.name).length > 0;
}
