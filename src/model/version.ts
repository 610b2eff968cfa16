// The major versions of PostgreSQL that claims are made for.

export const postgresVersions = [14, 15, 16, 17, 18] as const;

export type PostgresVersion = (typeof postgresVersions)[number];

export const oldestVersion: PostgresVersion = 14;

export function isPostgresVersion(value: unknown): value is PostgresVersion {
  return postgresVersions.some((version) => version === value);
}
