// What the portable front end throws where it can't be certain to say what PostgreSQL's own grammar would say.

export class Unsupported extends Error {}

/** For the places of an expression where only a value can stand. */
export function unsupported(): never {
  throw new Unsupported();
}
