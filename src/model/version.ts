// The major versions of PostgreSQL that claims are made for, and who says which one it is.

/** Of these, servers were asked whether the claims hold. */
export const provenVersions = [14, 15, 16, 17, 18] as const;

/** Of those behind the proven ones, the claims are those of the last one, and what the documentation says. */
export const postgresVersions = [...provenVersions, 19] as const;

export type PostgresVersion = (typeof postgresVersions)[number];

export const oldestVersion: PostgresVersion = 14;

export function isPostgresVersion(value: unknown): value is PostgresVersion {
  return postgresVersions.some((version) => version === value);
}

/** The nearest version that claims are made for. */
export function nearestVersion(major: number): PostgresVersion {
  if (isPostgresVersion(major)) return major;
  return major < oldestVersion ? oldestVersion : (postgresVersions.at(-1) ?? oldestVersion);
}

/**
 * Who says which PostgreSQL is the oldest that migrations run on. `option`: the caller · `configuration`: its file · `project`: a
 * line of a file of the project, 1-based · `assumed`: nobody. Paths are relative to the working directory, with forward slashes.
 */
export type VersionSource =
  | { readonly kind: 'option' }
  | { readonly kind: 'configuration'; readonly path: string }
  | {
      readonly kind: 'project';
      readonly path: string;
      readonly line: number;
      /** As it stands there, where that is a version that no claims are made for and the nearest one is taken: `9.6`. */
      readonly written?: string;
    }
  | { readonly kind: 'assumed' };

/** A version with the one who says it. */
export interface StatedVersion {
  readonly version: PostgresVersion;
  readonly versionSource: VersionSource;
}

export const assumedVersion: StatedVersion = { version: oldestVersion, versionSource: { kind: 'assumed' } };

/** The oldest of several, the first where some are as old; undefined of none. */
export function oldestOf(stated: readonly StatedVersion[]): StatedVersion | undefined {
  return stated.toSorted((left, right) => left.version - right.version)[0];
}
