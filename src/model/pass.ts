// The passes in which PostgreSQL runs the actions of one ALTER TABLE. Source: AlterTablePass in src/backend/commands/tablecmds.c.

/** `made-again`: what a change of type has taken away comes back · `reading`: what ADD CONSTRAINT says of a key is read · `rest`: all others. */
export const passes = ['drop', 'type', 'column', 'expression', 'made-again', 'reading', 'set-not-null', 'not-null', 'key-over-index', 'key', 'other', 'rest'] as const;

export type Pass = (typeof passes)[number];
