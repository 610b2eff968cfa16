// Tables that an extension looks after: it keeps their rows in tables of its own, and answers what is said to them in its own way.

/** `columns`: the rows are spread by them; every unique key has to hold them. `unknown` where the call does not say all of them. */
export type Management =
  | { readonly kind: 'hypertable'; readonly columns: readonly string[] | 'unknown' }
  | { readonly kind: 'continuous-aggregate' }
  | { readonly kind: 'distributed-table'; readonly columns: readonly string[] | 'unknown' }
  | { readonly kind: 'reference-table' }
  | { readonly kind: 'local-table' };

export type Extension = 'TimescaleDB' | 'Citus';

export function extensionOf({ kind }: Management): Extension {
  return kind === 'hypertable' || kind === 'continuous-aggregate' ? 'TimescaleDB' : 'Citus';
}

/** `a hypertable`, for sentences. */
export function managedInWords({ kind }: Management): string {
  return `a ${kind.replace('-', ' ')}`;
}

/** Functions that hand a table over, or take it back. */
export function handsOver(functionName: string): boolean {
  return /^(?:create_(?:distributed_)?hypertable|add_dimension|create_(?:distributed|reference)_table(?:_concurrently)?|citus_add_local_table_to_metadata|create_citus_local_table|undistribute_table)$/.test(functionName);
}
