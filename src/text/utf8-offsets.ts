// PostgreSQL's parser counts UTF-8 bytes, editors count UTF-16 code units: the way from one to the other.

/** Maps a UTF-8 byte offset into `text` to its UTF-16 offset; free for pure ASCII, a binary search elsewhere. */
export function utf8Offsets(text: string): (byteOffset: number) => number {
  const corrections = collectCorrections(text);
  if (corrections.bytes.length === 0) return (byteOffset) => byteOffset;
  return (byteOffset) => byteOffset - surplusAt(corrections, byteOffset);
}

/** `surplus[i]`: how many bytes more than code units stand before the byte offset `bytes[i]`. */
interface Corrections {
  readonly bytes: readonly number[];
  readonly surplus: readonly number[];
}

function collectCorrections(text: string): Corrections {
  const bytes: number[] = [];
  const surplus: number[] = [];
  let total = 0;
  for (const match of text.matchAll(/[^\x00-\x7f]+/g)) {
    let offset = match.index;
    for (const character of match[0]) {
      total += utf8Length(character) - character.length;
      offset += character.length;
      bytes.push(offset + total);
      surplus.push(total);
    }
  }
  return { bytes, surplus };
}

/** A lone surrogate is encoded as three bytes, like U+FFFD. */
function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

function surplusAt({ bytes, surplus }: Corrections, byteOffset: number): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bytes[middle] ?? 0) <= byteOffset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (surplus[low - 1] ?? 0);
}
