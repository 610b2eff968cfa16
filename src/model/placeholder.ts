// Names that a tool fills in before PostgreSQL sees them. They stand in the model as their author wrote them, `${schema}` or
// `shop_{{ year }}`, so that whoever prints a name prints what stands in the file.

import type { RelationName } from './names.ts';

/**
 * May it be any name? The forms are those of src/parser/placeholders.ts. A quoted name that looks like a placeholder is taken for one:
 * less is claimed of it then than could be.
 */
export function isPlaceholder(name: string): boolean {
  return FORMS.test(name);
}

const FORMS = /\$\{|\$%|\$\(|\{\{|\{%|<%|@[A-Za-z_][\w.:]*@|(?:^|[^\w:])[:$](?:["']|[A-Za-z_])|_:["'A-Za-z_]/;

/** The same of a relation: `${schema}.orders` is a table of any schema. */
export function isPlaceholderIn({ schema, name }: RelationName): boolean {
  return isPlaceholder(name) || (schema !== undefined && isPlaceholder(schema));
}
