// Reads YAML that somebody else wrote: what would take more time or memory than a configuration needs is refused, with its place, before
// anything is made of it. The composer of `yaml` goes down one call a level, and compares each key of a map with all others.

import { Composer, isAlias, isMap, isScalar, Lexer, LineCounter, Parser, visit, type CST, type Document } from 'yaml';

/** `offset` counts UTF-16 code units of the text. */
export interface YamlMistake {
  readonly offset: number;
  readonly message: string;
}

export type BoundedYaml =
  | { readonly kind: 'read'; readonly document: Document.Parsed; readonly duplicates: readonly YamlMistake[]; readonly otherDocument: number | undefined }
  | { readonly kind: 'refused'; readonly mistake: YamlMistake };

/** Of maps and lists in each other. The deepest of ours are five. */
const DEEPEST = 40;
/** In words, signs and spaces: it takes half a second to read so many. */
const MOST_TOKENS = 50_000;
const MOST_ALIASES = 100;

/** `lines`: learns where the lines begin. `most`: tokens. `otherDocument`: where another one begins. */
export function boundedYaml(text: string, lines = new LineCounter(), most = MOST_TOKENS): BoundedYaml {
  const tokens = tokensOf(text, lines, most);
  if ('mistake' in tokens) return { kind: 'refused', mistake: tokens.mistake };
  const composer = new Composer({ prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  const [document, other] = firstTwo(composer.compose(tokens.tokens, true, text.length));
  if (document === undefined) return { kind: 'refused', mistake: { offset: 0, message: 'this is not valid YAML' } };
  const { duplicates, aliases } = survey(document);
  const extra = aliases[MOST_ALIASES];
  if (extra !== undefined) return { kind: 'refused', mistake: { offset: extra, message: `this is more than ${MOST_ALIASES} aliases, and no more are followed` } };
  return { kind: 'read', document, duplicates, otherDocument: other?.range[0] };
}

type Tokens = { readonly tokens: readonly CST.Token[] } | { readonly mistake: YamlMistake };

function tokensOf(text: string, lines: LineCounter, most: number): Tokens {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    count += 1;
    const tooMuch = parser.stack.length > DEEPEST ? `this is nested more than ${DEEPEST} levels deep` : count > most ? 'this is too much YAML, and no more of it is read' : undefined;
    if (tooMuch !== undefined) return { mistake: { offset: Math.min(parser.offset, text.length), message: tooMuch } };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

function firstTwo<Item>(items: Iterable<Item>): readonly Item[] {
  const first: Item[] = [];
  for (const item of items) {
    first.push(item);
    if (first.length === 2) break;
  }
  return first;
}

interface Survey {
  readonly duplicates: readonly YamlMistake[];
  /** Where they stand. */
  readonly aliases: readonly number[];
}

function survey(document: Document.Parsed): Survey {
  const duplicates: YamlMistake[] = [];
  const aliases: number[] = [];
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) aliases.push(node.range?.[0] ?? 0);
      if (isMap(node)) for (const one of duplicatesIn(node.items.map(({ key }) => key))) duplicates.push(one);
    },
  });
  return { duplicates, aliases };
}

/** Keys that are maps or lists are none of ours, and a mistake anyhow. */
function duplicatesIn(keys: readonly unknown[]): YamlMistake[] {
  const seen = new Set<unknown>();
  return keys.flatMap((key) => {
    if (!isScalar(key)) return [];
    const isKnown = seen.has(key.value);
    seen.add(key.value);
    return isKnown ? [{ offset: key.range?.[0] ?? 0, message: `duplicate key ${JSON.stringify(String(key.value))}` }] : [];
  });
}
