// Globs: `*`, `?`, `**`, `[a-z]`, `[!a-z]`, `{a,b}`, `{1..9}` and `\` before what stands for itself. Whoever wrote them, they take time in
// proportion to the path that they are tried on: no regular expression is made of them.

/** One that stands alone between slashes. */
export type GlobSegment =
  | { readonly kind: 'any-depth' }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'pattern'; readonly pieces: readonly Piece[] };

export type Glob = readonly GlobSegment[];

type Piece =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'class'; readonly isNegated: boolean; readonly ranges: readonly (readonly [string, string])[] };

export function isGlob(path: string): boolean {
  return /[*?[\]{}\\]/.test(path);
}

/** Of one glob, when its braces are written out. */
export const mostAlternatives = 500;

/** Without braces; undefined where there are more than the most that are followed. A brace without its counterpart stands for itself. */
export function alternativesOf(glob: string): readonly string[] | undefined {
  const written = new Braces(glob).all();
  return written.length > mostAlternatives ? undefined : written;
}

/** What is wrong with it, as in `nothing closes its "["`; undefined where nothing is. */
export function globMistake(glob: string): string | undefined {
  if (!isGlob(glob)) return undefined;
  if (/[@+!?*]\([^()/]*\)/.test(glob)) return 'groups in parentheses are not known here: "{a,b}" is either of them';
  const open = unbalanced(glob);
  if (open !== undefined) return open;
  if (/(?:^|[/{,])\.\.(?:[/},]|$)/.test(glob.slice(glob.search(/[*?[{]/)))) return '".." stands behind its first wildcard or brace';
  const alternatives = alternativesOf(glob);
  if (alternatives === undefined) return `its braces stand for more than ${mostAlternatives} paths`;
  const range = alternatives.flatMap((one) => segmentsOf(one)).flatMap(emptyRangesIn)[0];
  return range === undefined ? undefined : `the range ${range} in it is empty`;
}

/** Of a glob without braces. */
export function segmentsOf(glob: string): Glob {
  return glob.split('/').map(segmentOf);
}

/** Of a path that is none. */
export function literalSegments(path: string): Glob {
  return path.split('/').map((text): GlobSegment => ({ kind: 'literal', text }));
}

/** Positions in a glob that a path may have come to; those that are left when it has come one name further. */
export function advanced(glob: Glob, positions: ReadonlySet<number>, name: string, matches: NameTest): ReadonlySet<number> {
  const next = new Set<number>();
  for (const position of positions) {
    const segment = glob[position];
    if (segment === undefined) continue;
    if (segment.kind === 'any-depth' ? matches(ANY_NAME, name) : matches(segment, name)) next.add(segment.kind === 'any-depth' ? position : position + 1);
  }
  return closed(glob, next);
}

/** A `**` may stand for nothing. */
export function closed(glob: Glob, positions: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(positions);
  for (const position of all) if (glob[position]?.kind === 'any-depth') all.add(position + 1);
  return all;
}

export type NameTest = (segment: GlobSegment, name: string) => boolean;

const ANY_NAME: GlobSegment = { kind: 'pattern', pieces: [{ kind: 'star' }] };

export function matchesName(segment: GlobSegment, name: string): boolean {
  if (segment.kind === 'any-depth') return true;
  return segment.kind === 'literal' ? segment.text === name : matchesPieces(segment.pieces, Array.from(name));
}

/** As shells have it: in whatever case, and a wildcard is no dot at the beginning. */
export function findsName(segment: GlobSegment, name: string): boolean {
  const first = segment.kind === 'pattern' ? segment.pieces[0] : undefined;
  if (name.startsWith('.') && first !== undefined && (first.kind !== 'character' || first.character !== '.')) return false;
  return matchesName(lowered(segment), name.toLowerCase());
}

const lower = new WeakMap<GlobSegment, GlobSegment>();

function lowered(segment: GlobSegment): GlobSegment {
  const known = lower.get(segment) ?? inLowerCase(segment);
  lower.set(segment, known);
  return known;
}

function inLowerCase(segment: GlobSegment): GlobSegment {
  if (segment.kind === 'any-depth') return segment;
  if (segment.kind === 'literal') return { kind: 'literal', text: segment.text.toLowerCase() };
  return { kind: 'pattern', pieces: segment.pieces.map((piece) => ('character' in piece ? { kind: 'character', character: piece.character.toLowerCase() } : piece)) };
}

/** Only the last star is ever tried again, so that it takes no more steps than pieces times characters. */
function matchesPieces(pieces: readonly Piece[], name: readonly string[]): boolean {
  let [piece, at] = [0, 0];
  let star: { readonly piece: number; readonly at: number } | undefined;
  while (at < name.length) {
    const current = pieces[piece];
    if (current?.kind === 'star') {
      star = { piece, at };
      piece += 1;
    } else if (current !== undefined && isOf(current, name[at] ?? '')) {
      piece += 1;
      at += 1;
    } else if (star !== undefined) {
      star = { piece: star.piece, at: star.at + 1 };
      [piece, at] = [star.piece + 1, star.at];
    } else {
      return false;
    }
  }
  return pieces.slice(piece).every(({ kind }) => kind === 'star');
}

function isOf(piece: Piece, character: string): boolean {
  if (piece.kind === 'character') return piece.character === character;
  if (piece.kind !== 'class') return true;
  return piece.ranges.some(([from, to]) => from <= character && character <= to) !== piece.isNegated;
}

function segmentOf(text: string): GlobSegment {
  if (text === '**') return { kind: 'any-depth' };
  const pieces = piecesOf(Array.from(text));
  const characters = pieces.flatMap((piece) => (piece.kind === 'character' ? [piece.character] : []));
  return characters.length === pieces.length ? { kind: 'literal', text: characters.join('') } : { kind: 'pattern', pieces };
}

function piecesOf(characters: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const end = character === '[' ? characters.indexOf(']', at + (/[!^]/.test(characters[at + 1] ?? '') ? 3 : 2)) : -1;
    if (character === '*') {
      if (pieces.at(-1)?.kind !== 'star') pieces.push({ kind: 'star' });
    } else if (character === '?') {
      pieces.push({ kind: 'any' });
    } else if (end > 0) {
      pieces.push(classOf(characters.slice(at + 1, end)));
      at = end;
    } else {
      if (character === '\\' && at + 1 < characters.length) at += 1;
      pieces.push({ kind: 'character', character: characters[at] ?? '' });
    }
  }
  return pieces;
}

function classOf(characters: readonly string[]): Piece {
  const isNegated = /[!^]/.test(characters[0] ?? '');
  const ranges: (readonly [string, string])[] = [];
  for (let at = isNegated ? 1 : 0; at < characters.length; at += 1) {
    const from = characters[at] ?? '';
    const isRange = characters[at + 1] === '-' && at + 2 < characters.length;
    ranges.push([from, isRange ? (characters[at + 2] ?? from) : from]);
    if (isRange) at += 2;
  }
  return { kind: 'class', isNegated, ranges };
}

function emptyRangesIn(segment: GlobSegment): string[] {
  if (segment.kind !== 'pattern') return [];
  return segment.pieces.flatMap((piece) => (piece.kind === 'class' ? piece.ranges : [])).flatMap(([from, to]) => (from > to ? [`${from}-${to}`] : []));
}

/** The first bracket or brace that has no counterpart, in words. */
function unbalanced(glob: string): string | undefined {
  let depth = 0;
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob.charAt(at);
    if (character === '\\') {
      at += 1;
      if (at >= glob.length) return 'nothing stands behind its last "\\"';
    } else if (character === '[') {
      const end = endOfClass(glob, at);
      if (end === undefined) return 'nothing closes its "["';
      at = end;
    } else if (character === '{') {
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth < 0) return 'nothing opens its "}"';
    }
  }
  return depth > 0 ? 'nothing closes its "{"' : undefined;
}

function endOfClass(glob: string, start: number): number | undefined {
  const end = glob.indexOf(']', start + (/[!^]/.test(glob.charAt(start + 1)) ? 3 : 2));
  const slash = glob.indexOf('/', start);
  return end < 0 || (slash >= 0 && slash < end) ? undefined : end;
}

/** Writes out braces, and stops where there are too many. */
class Braces {
  readonly #glob: string;
  readonly #closing: ReadonlyMap<number, number>;

  constructor(glob: string) {
    this.#glob = glob;
    this.#closing = counterparts(glob);
  }

  all(): readonly string[] {
    return this.#between(0, this.#glob.length);
  }

  #between(start: number, end: number): readonly string[] {
    let written: readonly string[] = [''];
    let plain = start;
    for (let at = start; at < end; at += 1) {
      const character = this.#glob.charAt(at);
      const closing = this.#closing.get(at);
      if (character === '\\') at += 1;
      if (character !== '{' || closing === undefined) continue;
      const choices = this.#choices(at + 1, closing);
      if (choices !== undefined) {
        written = joined(written, [this.#glob.slice(plain, at)], choices);
        plain = closing + 1;
        if (written.length > mostAlternatives) return written;
      }
      at = choices === undefined ? at : closing;
    }
    return joined(written, [this.#glob.slice(plain, end)]);
  }

  /** Undefined for braces in which nothing is to choose: they stand for themselves. */
  #choices(start: number, end: number): readonly string[] | undefined {
    const commas = this.#commas(start, end);
    if (commas.length === 0) return sequence(this.#glob.slice(start, end));
    const borders = [start - 1, ...commas, end];
    return borders.slice(1).flatMap((border, index) => this.#between((borders[index] ?? 0) + 1, border)).slice(0, mostAlternatives + 1);
  }

  #commas(start: number, end: number): readonly number[] {
    const commas: number[] = [];
    for (let at = start; at < end; at += 1) {
      const character = this.#glob.charAt(at);
      if (character === '\\') at += 1;
      else if (character === ',') commas.push(at);
      else at = this.#closing.get(at) ?? at;
    }
    return commas;
  }
}

function counterparts(glob: string): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '[') at = endOfClass(glob, at) ?? at;
    else if (character === '{') open.push(at);
    else if (character === '}') {
      const start = open.pop();
      if (start !== undefined) closing.set(start, at);
    }
  }
  return closing;
}

/** All of the first before all of the others; one more than the most at the end. */
function joined(...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce((written, choices) => {
    const next: string[] = [];
    for (const before of written) {
      for (const choice of choices) {
        if (next.length > mostAlternatives) return next;
        next.push(before + choice);
      }
    }
    return next;
  });
}

/** `1..9` and `01..12`. */
function sequence(text: string): readonly string[] | undefined {
  const [, from, to] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const [first, last] = [Number(from), Number(to)];
  const count = Math.min(Math.abs(last - first), mostAlternatives) + 1;
  const width = from.startsWith('0') || to.startsWith('0') ? Math.max(from.length, to.length) : 0;
  return Array.from({ length: count }, (_, index) => String(first + Math.sign(last - first) * index).padStart(width, '0'));
}
