// A mistake of the person who called: a wrong path, option or configuration. Everything else that is thrown is a bug of ours.

export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export class UserError extends Error {
  readonly place: Place | undefined;

  /** `message` says what is wrong and what to do, in a sentence without a full stop. */
  constructor(message: string, place?: Place) {
    super(place ? `${place.path}:${place.line}:${place.column}: ${message}` : message);
    this.name = 'UserError';
    this.place = place;
  }
}
