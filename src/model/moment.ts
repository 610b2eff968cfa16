// A point of the story.

/** Where in the story we are: ordinals of the migration, of its transactions and of its statements. */
export interface Moment {
  readonly migration: number;
  readonly statement: number;
}
