// What a file is whose bytes are no UTF-8 text: another encoding, an archive, an image. Source: the magic numbers of file(1), and of
// pg_dump in src/bin/pg_dump/pg_backup_archiver.c.

export interface ForeignBytes {
  /** `this is a gzip archive, not SQL`. */
  readonly message: string;
  readonly help: string;
}

/** Undefined where nothing is known of them. */
export function foreignBytes(bytes: Buffer): ForeignBytes | undefined {
  const encoding = encodingOf(bytes);
  if (encoding !== undefined) return { message: `the file is ${encoding}, which psql and the drivers do not read`, help: saveAsUtf8 };
  const known = kinds.find(({ starts, at = 0 }) => starts.some((start) => bytes.subarray(at, at + start.length).equals(start)));
  return known && { message: `this is ${known.what}, not SQL`, help: known.help ?? 'Name the SQL itself; nothing of this file was checked' };
}

const saveAsUtf8 = 'Save it as UTF-8; nothing of it was checked';

interface Kind {
  /** `a gzip archive`. */
  readonly what: string;
  readonly help?: string;
  readonly starts: readonly Buffer[];
  /** Where they stand; at the start if nothing is said. */
  readonly at?: number;
}

const unpack = 'Unpack it, and name the SQL; nothing of this file was checked';
const restore = 'pg_restore --schema-only --file=schema.sql writes it as SQL, which "schema:" in .pgmigrate-lint.yml can name; nothing of this file was checked';

const kinds: readonly Kind[] = [
  { what: 'a dump of pg_dump in its custom format', starts: [Buffer.from('PGDMP')], help: restore },
  { what: 'a gzip archive', starts: [Buffer.from([0x1f, 0x8b])], help: unpack },
  { what: 'a bzip2 archive', starts: [Buffer.from('BZh')], help: unpack },
  { what: 'an xz archive', starts: [Buffer.from('\xfd7zXZ', 'latin1')], help: unpack },
  { what: 'a zstd archive', starts: [Buffer.from([0x28, 0xb5, 0x2f, 0xfd])], help: unpack },
  { what: 'a zip archive', starts: [Buffer.from('PK\x03\x04'), Buffer.from('PK\x05\x06')], help: unpack },
  { what: 'a 7z archive', starts: [Buffer.from("7z\xbc\xaf'\x1c", 'latin1')], help: unpack },
  { what: 'a tar archive', starts: [Buffer.from('ustar')], at: 257, help: unpack },
  { what: 'a PNG image', starts: [Buffer.from('\x89PNG', 'latin1')] },
  { what: 'a JPEG image', starts: [Buffer.from([0xff, 0xd8, 0xff])] },
  { what: 'a GIF image', starts: [Buffer.from('GIF87a'), Buffer.from('GIF89a')] },
  { what: 'a PDF document', starts: [Buffer.from('%PDF-')] },
  { what: 'a program', starts: [Buffer.from('\x7fELF', 'latin1'), Buffer.from([0xca, 0xfe, 0xba, 0xbe]), Buffer.from('\0asm'), Buffer.from('MZ\x90\0', 'latin1')] },
  { what: 'an SQLite database', starts: [Buffer.from('SQLite format 3\0')] },
];

const marks: readonly (readonly [Buffer, 'UTF-16' | 'UTF-32'])[] = [
  [Buffer.from([0xff, 0xfe, 0, 0]), 'UTF-32'],
  [Buffer.from([0, 0, 0xfe, 0xff]), 'UTF-32'],
  [Buffer.from([0xff, 0xfe]), 'UTF-16'],
  [Buffer.from([0xfe, 0xff]), 'UTF-16'],
];

/** In bytes: as much as tells. */
const SAMPLE = 4096;
/** Less could be anything. */
const SHORTEST = 8;

/** By a byte order mark, or by where the zeros are: SQL has ASCII in it, whose other bytes are zero. */
function encodingOf(bytes: Buffer): 'UTF-16' | 'UTF-32' | undefined {
  const marked = marks.find(([mark]) => bytes.subarray(0, mark.length).equals(mark));
  if (marked) return marked[1];
  const sample = bytes.subarray(0, SAMPLE);
  if (sample.length < SHORTEST) return undefined;
  const zeros = [0, 0, 0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 4] = (zeros[index % 4] ?? 0) + 1;
  const letters = sample.length / 4;
  const isZero = zeros.map((count) => count > 0.9 * letters - 1);
  const isNever = zeros.map((count) => count < 0.05 * letters);
  if (matches([false, true, true, true], isZero) || matches([true, true, true, false], isZero)) return 'UTF-32';
  const isHalf = zeros.map((count) => count > 0.2 * letters);
  const [first, second, third, fourth] = isHalf;
  const isLittle = second && fourth && isNever[0] && isNever[2];
  const isBig = first && third && isNever[1] && isNever[3];
  return isLittle || isBig ? 'UTF-16' : undefined;
}

function matches(wanted: readonly boolean[], found: readonly boolean[]): boolean {
  return wanted.every((one, index) => one === found[index]);
}
