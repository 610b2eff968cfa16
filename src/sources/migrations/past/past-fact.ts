// One thing that a change does to the past of a history.

/** Files are absolute. */
export type PastFact =
  /** `before`: as the base has it. `ends`: nothing but the ends of its lines differs. */
  | { readonly kind: 'edited'; readonly file: string; readonly was: string; readonly before: Buffer; readonly isEndsAlone: boolean }
  /** What stands in it is the same, but its tool takes it for another one, or sees that its name differs. */
  | { readonly kind: 'renamed'; readonly file: string; readonly was: string; readonly isAnother: boolean }
  | { readonly kind: 'deleted'; readonly file: string }
  /** `behind`: the newest one that sorts behind it. */
  | { readonly kind: 'late'; readonly file: string; readonly behind: string; readonly isOnTip: boolean }
  /** `beside`: the other end of the graph. */
  | { readonly kind: 'fork'; readonly file: string; readonly beside: string; readonly isOnTip: boolean }
  | { readonly kind: 'twin'; readonly file: string; readonly other: string; readonly isOnTip: boolean };
