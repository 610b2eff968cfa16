// The fewest statements, and the fewest words in them, behind which the last statement still differs in the same way.

import type { History } from './history.ts';
import type { Difference } from './trial.ts';

/** `differs`: what the last statement of a history differs in; nothing where it is refused or all agree. */
export async function shrink(history: History, like: Difference, differs: (history: History) => Promise<readonly Difference[]>): Promise<History> {
  const stillDiffers = async (shorter: History): Promise<boolean> => (await differs(shorter)).some((one) => isLike(one, like));
  const fewest = await withFewestMigrations(history, stillDiffers);
  const fewer = await withFewest(fewest, statementsLeftOut, stillDiffers);
  return withFewest(fewer, wordsLeftOut, stillDiffers);
}

type Test = (history: History) => Promise<boolean>;

async function withFewestMigrations(history: History, stillDiffers: Test): Promise<History> {
  let shortest = history;
  for (let size = Math.ceil((history.length - 1) / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = shortest.length - 1; end > 0; end -= size) {
      const shorter = [...shortest.slice(0, Math.max(0, end - size)), ...shortest.slice(end)];
      if (await stillDiffers(shorter)) shortest = shorter;
    }
  }
  return shortest;
}

/** Takes what is shorter as long as something is, each time from the start. */
async function withFewest(history: History, shorter: (history: History) => Iterable<History>, stillDiffers: Test): Promise<History> {
  let shortest = history;
  for (let tries = 0, isShorter = true; isShorter && tries < mostTries; ) {
    isShorter = false;
    for (const next of shorter(shortest)) {
      tries += 1;
      if (!(await stillDiffers(next))) continue;
      shortest = next;
      isShorter = true;
      break;
    }
  }
  return shortest;
}

const mostTries = 150;

/** Without one statement of a migration that has several, never the last of all unless that ends a transaction: then without the transaction. */
function* statementsLeftOut(history: History): Generator<History> {
  const last = history.at(-1) ?? [];
  if (/^(?:COMMIT|ROLLBACK)/.test(last.at(-1) ?? '')) yield history.with(-1, last.filter((sql) => !/^(?:BEGIN|START|COMMIT|SAVEPOINT|RELEASE|ROLLBACK)\b/.test(sql)));
  for (const [place, migration] of history.entries()) {
    const end = place === history.length - 1 ? migration.length - 1 : migration.length;
    for (let index = 0; migration.length > 1 && index < end; index += 1) yield history.with(place, migration.toSpliced(index, 1));
  }
}

/** Without a clause or an item of a list, the longest first; the last statement comes first. */
function* wordsLeftOut(history: History): Generator<History> {
  for (const [place, migration] of [...history.entries()].reverse()) {
    for (const [index, sql] of migration.entries()) {
      for (const shorter of piecesLeftOut(sql)) yield history.with(place, migration.with(index, shorter));
    }
  }
}

function piecesLeftOut(sql: string): string[] {
  const items = itemsOf(sql).map(([start, end]) => sql.slice(0, start) + sql.slice(end));
  const clauses = optional.map((clause) => sql.replace(clause, '')).filter((shorter) => shorter !== sql);
  return [...new Set([...items, ...clauses])].toSorted((left, right) => left.length - right.length);
}

const optional: readonly RegExp[] = [
  / IF NOT EXISTS/, / IF EXISTS/, / CASCADE$/, / RESTRICT$/, / CONCURRENTLY/, / NOT VALID/, / DEFERRABLE(?: INITIALLY DEFERRED)?/, / NULLS NOT DISTINCT/, / UNIQUE(?= INDEX)/, / ONLY/, / NO INHERIT/,
  / OR REPLACE/, / INCLUDING \w+/, / WHERE .*$/, / DEFAULT [^,()]+(?:\([^()]*\))?(?=[,)]|$)/, / NOT NULL(?=[,)]|$)/, / PRIMARY KEY(?=[,)]|$)/, / UNIQUE(?=[,)]|$)/, / CHECK \([^()]*\)/, / REFERENCES [^,()]+(?: \([^()]*\))?(?=[,)]|$)/,
  / CONSTRAINT \w+(?= [A-Z])/, / UNLOGGED| TEMPORARY/, / USING (?!INDEX)[^,]*$/, / ON (?:DELETE|UPDATE) (?:CASCADE|SET NULL|SET DEFAULT)/, / WITH \([^()]*\)/, / WITH NO DATA/, / INCLUDE \([^()]*\)/, / COLLATE "C"/,
];

/** Where an item of a list stands, with the comma beside it. */
function itemsOf(sql: string): [start: number, end: number][] {
  const lists = [{ start: startOfActions(sql), commas: new Array<number>() }];
  const found: [number, number][] = [];
  const close = (end: number): void => {
    const { start, commas } = lists.pop() ?? { start: 0, commas: [] };
    const [first] = commas;
    if (first === undefined) return;
    if (start > 0) found.push([start, first + 1]);
    for (const [index, comma] of commas.entries()) found.push([comma, commas[index + 1] ?? end]);
  };
  for (let at = 0; at < sql.length; at += 1) {
    const letter = sql[at];
    if (letter === "'" || letter === '"') at = Math.max(at, sql.indexOf(letter, at + 1));
    else if (letter === '(') lists.push({ start: at + 1, commas: [] });
    else if (letter === ')') close(at);
    else if (letter === ',') lists.at(-1)?.commas.push(at);
  }
  close(sql.length);
  return found;
}

/** Behind the name of the table; 0 for other statements, whose first item is never left out. */
function startOfActions(sql: string): number {
  return /^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(?:"[^"]*"|[^\s"])+ /.exec(sql)?.[0].length ?? 0;
}

export function isLike(left: Difference, right: Difference): boolean {
  return left.kind === right.kind && shapeOf(left.words) === shapeOf(right.words);
}

/** Without names and numbers. */
export function shapeOf(words: string): string {
  const oneWord = words.replace(/"[^"]*"/g, 'x').replace(namesOfSeveralWords, 'x');
  return oneWord.replace(/[\p{L}\w$]+\.[\p{L}\w$]+(?:\.[\p{L}\w$]+)?/gu, '*').replace(/\d+/g, '0');
}

/** Of the grammar, as they are printed. */
const namesOfSeveralWords = /Order Lines|Full Name|Ünï 1|View 4|My (?:Type|Schema|Fn)/g;
