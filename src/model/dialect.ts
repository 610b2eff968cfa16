// How the tool that runs a text reads it before PostgreSQL does: what it fills in, and what it takes for itself.

/**
 * `brace`: `${x}` · `word`: `$x` · `parenthesis`: `$(x)` · `go`: Go's templates · `jinja`: `{{ x }}`, `{% … %}`, `{# … #}` ·
 * `erb`: `<% … %>` · `at`: `@x@` · `colon`: `:x`, `:'x'`, `:"x"`.
 */
export type PlaceholderSyntax = 'brace' | 'word' | 'parenthesis' | 'go' | 'jinja' | 'erb' | 'at' | 'colon' | 'percent';

/** Other marks than those of a syntax that is known by name, because a configuration says so. */
export interface PlaceholderMarks {
  readonly prefix: string;
  readonly suffix: string;
}

export interface Dialect {
  /** Who reads the text: as its makers write it; undefined where nobody knows. */
  readonly tool: string | undefined;
  /** Whether psql runs it, with its commands and variables, and with the rows behind COPY … FROM stdin. */
  readonly psql: 'yes' | 'perhaps' | 'no';
  /** It cuts the rows behind COPY … FROM stdin out by itself, up to a line that holds `\.` and space. */
  readonly hasCopyRows: boolean;
  readonly placeholders: ReadonlySet<PlaceholderSyntax>;
  readonly marks: readonly PlaceholderMarks[];
}

const all: ReadonlySet<PlaceholderSyntax> = new Set(['brace', 'word', 'parenthesis', 'go', 'jinja', 'erb', 'at', 'colon', 'percent']);

/** Of a text of no known tool. */
export const anyDialect: Dialect = { tool: undefined, psql: 'perhaps', hasCopyRows: false, placeholders: all, marks: [] };

/** Of a text that PostgreSQL has been sent as it is, with rows of their own behind COPY … FROM stdin. */
export const sentDialect: Dialect = { tool: undefined, psql: 'no', hasCopyRows: false, placeholders: new Set(), marks: [] };

/** Of a tool that sends the text to PostgreSQL, with what it fills in before. */
export function dialectOf(tool: string, placeholders: readonly PlaceholderSyntax[] = [], marks: readonly PlaceholderMarks[] = []): Dialect {
  return { tool, psql: 'no', hasCopyRows: false, placeholders: new Set(placeholders), marks };
}
