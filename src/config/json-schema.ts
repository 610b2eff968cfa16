// The JSON schema of `.pgmigrate-lint.yml`, for editors; made when the package is built.

import { toJsonSchema } from '@valibot/to-json-schema';

import type { RuleMeta } from '../model/rule.ts';
import { configSchema } from './schema.ts';

/** JSON Schema draft-07. */
export function jsonSchema(rules: readonly RuleMeta[]): object {
  // What has no words there is said in other words: checks by patterns and limits, closed maps by their metadata.
  const schema = toJsonSchema(configSchema(rules), { target: 'draft-07', errorMode: 'ignore' });
  return { title: 'Configuration of pgmigrate-lint', ...schema };
}
