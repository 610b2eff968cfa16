// What the version that a migration names changes: migrations go on as they did when they were written.
// Source: activerecord/lib/active_record/migration/compatibility.rb of Rails 8.0.

/** `7.1`; of a migration that names none, what was before there were versions, and of a class of the project's own the newest. */
export type Version = number;

const newest: Version = 99;

export function versionIn(code: string): Version {
  const [named, version] = /\bActiveRecord::Migration\b(?:\[['"]?(\d+\.\d+)['"]?\])?/.exec(code) ?? [];
  return named === undefined ? newest : version === undefined ? 4.2 : Number(version);
}

/** Of keys and references. */
export function hasBigKeys(version: Version): boolean {
  return version >= 5.1;
}

export function hasIndexedReferences(version: Version): boolean {
  return version >= 5;
}

export function hasRequiredTimestamps(version: Version): boolean {
  return version >= 5;
}

/** Of `created_at` and `updated_at`. */
export function hasPreciseTimestamps(version: Version): boolean {
  return version >= 6;
}

/** Of columns of the type `datetime`. */
export function hasPreciseTimes(version: Version): boolean {
  return version >= 7;
}

/** A reference to several tables names its index after itself. */
export function namesPolymorphicIndexes(version: Version): boolean {
  return version >= 6.1;
}

export function shortensIndexNames(version: Version): boolean {
  return version >= 7.1;
}

/** What hangs on an extension goes with it. */
export function cascadesExtensions(version: Version): boolean {
  return version < 7.1;
}

/** Default, nullability and comment of a changed column are statements of their own. */
export function changesColumnsInSteps(version: Version): boolean {
  return version < 5.2;
}

/** On the way down, comments are what they were to be on the way up. */
export function keepsComments(version: Version): boolean {
  return version < 6;
}

/** An option that nobody knows is an error, and nothing else is passed over. */
export function refusesUnknownOptions(version: Version): boolean {
  return version >= 7.1;
}
