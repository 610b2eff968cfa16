// The major versions of PostgreSQL that claims are made for, and who says which one it is.

export const postgresVersions = [14, 15, 16, 17, 18] as const;

export type PostgresVersion = (typeof postgresVersions)[number];

export const oldestVersion: PostgresVersion = 14;

export function isPostgresVersion(value: unknown): value is PostgresVersion {
  return postgresVersions.some((version) => version === value);
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
