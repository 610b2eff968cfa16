// What changes between two statements of a text although no statement says so.

/**
 * `unread`: something stands there that was not read · `connection`: psql's \connect, a new session, in the same database or in
 * another one · `branch`: what
 * stands behind it may not run, up to the `ends` of the same. `at`: its offset; it comes before the statements that begin behind it.
 */
export type Turn = { readonly at: number } & (
  | { readonly kind: 'unread' }
  | { readonly kind: 'connection'; readonly database: 'same' | 'other' }
  | { readonly kind: 'branch'; readonly step: 'begins' | 'turns' | 'ends' }
);
