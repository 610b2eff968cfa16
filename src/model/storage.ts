// Where the rows of a relation are kept, and how.

export interface Storage {
  /** Undefined: nothing says it. */
  readonly tablespace: string | undefined;
  readonly accessMethod: string | undefined;
}
