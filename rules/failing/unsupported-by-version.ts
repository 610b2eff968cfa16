// What the oldest server that the migrations run on does not know.

import { certainRuns, overMigration, versionInWords, type Feature, type Statement, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'unsupported-by-version',
  category: 'failing',
  summary: 'A statement needs a newer PostgreSQL than the oldest one that it will run on, or uses what that one no longer has',
  hazard: 'The migration fails there with a syntax error, or with one about something undefined',
  remedy: 'Write it so that the older server understands it; or, if you run none that is so old, say which is the oldest with `postgres:` in .pgmigrate-lint.yml',
  severity: 'error',
  since: '0.1.0',
  *check({ steps, versionSource }) {
    const isAssumed = versionSource.kind === 'assumed';
    for (const step of steps) {
      for (const feature of featuresThatRun(step.statement)) {
        const { name, since, until, span } = feature;
        if (until !== undefined && until <= step.version) {
          yield { step, span, message: `${sentenceCase(name)} is gone from PostgreSQL ${until}, and ${versionInWords(step.version, versionSource)}`, help: 'Leave it out' };
        }
        if (since <= step.version || isOwnFunction(feature, step)) continue;
        const message = `${sentenceCase(name)} needs PostgreSQL ${since}, and ${versionInWords(step.version, versionSource)}`;
        if (isAssumed) yield { step, span, message, help: stating(since), atMost: 'info' };
        else yield { step, span, message, ...(feature.call && step.before.parts.origin === 'unknown' ? { atMost: 'warning' } : {}) };
      }
    }
  },
});

function sentenceCase(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function stating(since: number): string {
  return `If ${since} is the oldest that you run, say so with \`postgres: ${since}\` in .pgmigrate-lint.yml; else write it so that older servers understand it`;
}

/** What stands in a branch of a block may ask for the version first. */
function featuresThatRun(statement: Statement): readonly Feature[] {
  return certainRuns(statement).flatMap(({ features }) => features);
}

function isOwnFunction({ call }: Feature, { before }: Step): boolean {
  return call !== undefined && before.function(call.name).length > 0;
}
