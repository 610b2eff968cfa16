// A history: migrations, each with the statements of one session.

/** Statements without their semicolons. */
export type Migration = readonly string[];

export type History = readonly Migration[];

export function lastStatement(history: History): string {
  return history.at(-1)?.at(-1) ?? '';
}

/** The history with the last statement put aside. */
export function setup(history: History): History {
  return [...history.slice(0, -1), history.at(-1)?.slice(0, -1) ?? []];
}

/** As a fixture of fixtures/effects, or of fixtures/catalog where the catalog differs. */
export function asFixture(history: History, kind: string): string {
  const lines = (migration: Migration): string => migration.map((sql) => `${sql};\n`).join('');
  const isPlain = history.every((migration) => !migration.some((sql) => /^(?:BEGIN|SET|SAVEPOINT)\b/.test(sql)));
  if (kind === 'effects' && isPlain) return `${setup(history).map(lines).join('')}-- measure\n${lastStatement(history)};\n`;
  return merged(history).map((migration, index) => `-- file: ${index + 1}.sql\n${lines(migration)}`).join('');
}

/** Migrations of one statement need no file of their own, but for the last one. */
function merged(history: History): Migration[] {
  const before = history.slice(0, -1);
  const last = history.at(-1) ?? [];
  const isAlone = before.every((migration) => migration.length === 1);
  return isAlone && before.length > 0 ? [before.flat(), last] : [...before, last];
}
