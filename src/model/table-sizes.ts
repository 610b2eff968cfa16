// How large tables are, as far as somebody says so.

export interface TableSizes {
  /** Bytes with indexes and TOAST, by `schema.name`; partitions count for their table too. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Bytes; what holds less is small. */
  readonly small: number;
}

export const defaultSmall = '10MB';

/** Where nobody says anything: every table is large. */
export const unknownSizes: TableSizes = { sizes: new Map(), small: 0 };

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes of a size as PostgreSQL writes it: `40 kB`, `10MB`, `8192 bytes`, `8192`; undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const [, number = '', unit = 'bytes'] = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)?\s*$/.exec(text) ?? [];
  const power = units.findIndex((one) => one.toLowerCase() === unit.toLowerCase());
  if (number === '') return undefined;
  if (/^b$/i.test(unit)) return Number(number);
  return power < 0 ? undefined : Number(number) * 1024 ** power;
}

/** As pg_size_pretty() does it: in a unit that makes it less than 10240. Source: src/backend/utils/adt/dbsize.c. */
export function printSize(bytes: number): string {
  let [size, power] = [bytes, 0];
  while (size >= 10240 && power < units.length - 1) [size, power] = [size / 1024, power + 1];
  return `${Math.round(size)} ${units[power] ?? ''}`;
}
