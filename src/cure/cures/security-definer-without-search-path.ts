// SET search_path in the definition of a function that runs with the rights of its owner: the path by which it was written, and temporary
// objects last. Who calls it with another path got other objects before.

import type { Remedy } from '../ailment.ts';
import { handOf, quoted } from '../hand.ts';
import { wordsIn } from '../tokens-of.ts';

/**
 * PostgreSQL looks into pg_temp first unless the path says where. Before PostgreSQL 15, everybody may create objects in `public`.
 * Source: "Writing SECURITY DEFINER Functions Safely" under CREATE FUNCTION; the release notes of 15.
 */
export const securityDefinerWithoutSearchPath: Remedy = ({ act, step, timeline: { source } }) => {
  if (act?.change.kind !== 'create-function') return undefined;
  const { searchPath, isPathKnown, schemas } = act.before.parts;
  const trusted = searchPath.filter((schema) => schema !== 'pg_temp');
  const words = wordsIn(source, step.statement.span, 'SECURITY', 'DEFINER');
  if (words === undefined || !isPathKnown || trusted.length === 0) return { why: 'the search_path by which the function is made is not known' };
  const missing = trusted.find((schema) => schemas.get(schema) === 'absent');
  if (missing !== undefined) return { why: `the schema ${quoted(missing)} of the search_path is not there` };
  if (trusted.includes('public') && step.version < 15) return { why: 'before PostgreSQL 15 everybody may create objects in public, so a search_path with it protects nobody: name a schema that only trusted roles may write' };
  const sql = handOf(source, step.statement.span);
  const path = [...trusted, 'pg_temp'].map(quoted).join(', ');
  return {
    title: `Give it a search_path of its own: ${path}`,
    isUnsafe: true,
    edits: [{ span: { start: words.end, end: words.end }, text: sql` SET ${'search_path'} = ${path}` }],
    about: [],
  };
};
