// What says the same here as squawk's rules, so that its comments keep their meaning when a project changes tools.
// Source: crates/squawk_linter/src/lib.rs and docs/docs of squawk 2.63.

export interface Equivalent {
  /** Rules that find what squawk's rule finds; the more exact they are, the fewer of its findings remain. */
  readonly rules: readonly string[];
  /** Why there is none, or what is different. */
  readonly note?: string;
}

export const squawkRules: Readonly<Record<string, Equivalent>> = {
  'adding-field-with-default': { rules: ['volatile-default', 'rewriting-column'] },
  'adding-foreign-key-constraint': { rules: ['unsplit-constraint'] },
  'adding-not-nullable-field': { rules: ['unproven-not-null', 'not-null-without-backfill'] },
  'adding-required-field': { rules: ['required-column-without-default'] },
  'adding-serial-primary-key-field': { rules: ['blocking-unique-constraint', 'rewriting-column'] },
  'ban-alter-domain-with-add-constraint': { rules: ['unsplit-domain-constraint'] },
  'ban-char-field': { rules: ['char-column'] },
  'ban-concurrent-index-creation-in-transaction': { rules: ['concurrently-in-transaction'] },
  'ban-create-domain-with-constraint': {
    rules: [],
    note: 'a new domain blocks nobody; what a later constraint does, unsplit-domain-constraint says',
  },
  'ban-drop-column': { rules: ['dropped-column'] },
  'ban-drop-database': { rules: ['dropped-schema-or-database'] },
  'ban-drop-not-null': { rules: [], note: 'the lock is short, and no statement of an application fails' },
  'ban-drop-table': { rules: ['dropped-table'] },
  'ban-duplicate-column-assignments': { rules: [], note: 'PostgreSQL refuses it on the first run, on an empty database too' },
  'ban-truncate-cascade': { rules: ['truncated-table'] },
  'ban-uncommitted-transaction': { rules: ['uncommitted-transaction'] },
  'changing-column-type': { rules: ['rewritten-column-type', 'changed-column-type', 'narrowed-type'] },
  'constraint-missing-not-valid': { rules: ['unsplit-constraint', 'unsplit-domain-constraint'] },
  'disallowed-unique-constraint': { rules: ['blocking-unique-constraint'] },
  'identifier-too-long': { rules: ['long-identifier'] },
  'prefer-bigint-over-int': { rules: ['small-integer-key'], note: 'keys alone' },
  'prefer-bigint-over-smallint': { rules: ['small-integer-key'], note: 'keys alone' },
  'prefer-identity': { rules: ['serial-column'] },
  'prefer-repack': { rules: ['rewritten-table'] },
  'prefer-robust-stmts': { rules: ['not-retry-safe', 'missing-if-exists'] },
  'prefer-text-field': { rules: ['limited-varchar'] },
  'prefer-timestamp-tz': { rules: ['timestamp-without-time-zone'] },
  'prefer-timestamptz': { rules: ['timestamp-without-time-zone'] },
  'renaming-column': { rules: ['renamed-column'] },
  'renaming-table': { rules: ['renamed-table'] },
  'require-concurrent-index-creation': { rules: ['non-concurrent-index'] },
  'require-concurrent-index-deletion': { rules: ['blocking-index-drop'] },
  'require-concurrent-partition-detach': { rules: ['blocking-partition-detach'] },
  'require-concurrent-reindex': { rules: ['blocking-reindex'] },
  'require-enum-value-ordering': { rules: [], note: 'the order of values blocks and breaks nothing' },
  'require-lock-timeout': { rules: ['missing-lock-timeout'] },
  'require-statement-timeout': { rules: ['missing-statement-timeout'] },
  'require-table-schema': { rules: ['unqualified-name'] },
  'require-timeout-settings': { rules: ['missing-lock-timeout'] },
  'transaction-nesting': { rules: ['nested-transaction'] },
};

/** Of a comment's names; without names it speaks of all rules. Names that say nothing to us are for squawk alone. */
export function equivalentsOf(names: readonly string[]): ReadonlySet<string> | 'all' {
  return names.length === 0 ? 'all' : new Set(names.flatMap((name) => squawkRules[name]?.rules ?? []));
}
