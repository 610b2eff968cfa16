// Compares what was read of a project with what its tool has sent.

import { align } from './align.ts';
import type { Item, Told, ToldStatement } from './told.ts';

export interface Comparison {
  readonly migrations: number;
  /** Of migrations, without what the tool sends for itself. */
  readonly sent: number;
  readonly same: number;
  readonly named: number;
  /** Reported of what was read as of what was sent. */
  readonly findings: number;
  /** Reported of what was sent alone, in files that name what was not read. */
  readonly beside: number;
  /** Sentences. */
  readonly differences: readonly string[];
}

/** Questions, and what holds a transaction together. */
const question = /^(?:SELECT|SHOW|WITH|SAVEPOINT|RELEASE)\b/i;

export function compare(read: Told, recorded: Told, itsOwn: RegExp = /^$/): Comparison {
  const isOwn = (sql: string): boolean => question.test(sql) || itsOwn.test(sql);
  const files = [...new Set([...read.migrations.keys(), ...recorded.migrations.keys()])];
  let before: Pair | undefined;
  const compared = files.map((file) => {
    const { same, ...one } = compareFile(file, before, { read, recorded, isOwn });
    before = same.at(-1) ?? before;
    return { ...one, same: same.length };
  });
  const sum = (count: (one: Comparison) => number): number => compared.reduce((total, one) => total + count(one), 0);
  return {
    migrations: files.length,
    sent: sum(({ sent }) => sent),
    same: sum(({ same }) => same),
    named: sum(({ named }) => named),
    findings: sum(({ findings }) => findings),
    beside: sum(({ beside }) => beside),
    differences: compared.flatMap(({ differences }) => differences),
  };
}

/** The same statement, as it was read and as it was sent. */
type Pair = readonly [read: ToldStatement, sent: ToldStatement];

interface Sides {
  readonly read: Told;
  readonly recorded: Told;
  readonly isOwn: (sql: string) => boolean;
}

/** `before`: the last pair of the file before it. */
function compareFile(file: string, before: Pair | undefined, { read, recorded, isOwn }: Sides): Omit<Comparison, 'same'> & { readonly same: readonly Pair[] } {
  const items = read.migrations.get(file) ?? [];
  const { same, named, missed, invented } = align(items, (recorded.migrations.get(file) ?? []).filter(isStatement), isOwn);
  const found = compareFindings(read.findings.get(file) ?? [], recorded.findings.get(file) ?? [], items.some(({ kind }) => kind === 'gap'));
  const differences = [
    ...missed.map(({ sql }) => `is sent, and neither read nor named: ${sql}`),
    ...invented.map(({ sql }) => `is read, and not sent: ${sql}`),
    ...transactionsThatDiffer(same, before),
    ...found.differences,
  ];
  const { both, beside } = found;
  return { migrations: 1, sent: same.length + named.length + missed.length, same, named: named.length, findings: both, beside, differences: differences.map((one) => `${file}: ${one}`) };
}

function isStatement(item: Item): item is ToldStatement {
  return item.kind === 'statement';
}

/** A transaction has another number on each side: what counts is who shares it. */
function transactionsThatDiffer(same: readonly Pair[], before: Pair | undefined): string[] {
  return same.flatMap(([read, sent], index) => {
    const [readBefore, sentBefore] = same[index - 1] ?? before ?? [];
    const words = [wordsFor(read, readBefore), wordsFor(sent, sentBefore)] as const;
    return words[0] === words[1] ? [] : [`is read as ${words[0]}, and sent ${words[1]}: ${read.sql}`];
  });
}

function wordsFor({ transaction }: ToldStatement, before: ToldStatement | undefined): string {
  if (transaction === 'own') return 'outside of any transaction';
  if (transaction === 'forbidden') return 'forbidden in a transaction';
  return before === undefined ? 'in a transaction' : before.transaction === transaction ? 'in the transaction of what is before it' : 'in another transaction than what is before it';
}

/** Where a rule speaks once for a migration, it speaks of what is not read, if that comes first. */
function compareFindings(read: readonly string[], recorded: readonly string[], hasGap: boolean): { readonly both: number; readonly beside: number; readonly differences: readonly string[] } {
  const left = [...recorded];
  const takeOut = (isSame: (finding: string) => boolean): boolean => {
    const at = left.findIndex(isSame);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const unequal = read.filter((one) => ruleOf(one) !== 'unread-migration').filter((one) => !takeOut((other) => other === one));
  const alone = unequal.filter((one) => !(hasGap && takeOut((other) => ruleOf(other) === ruleOf(one))));
  const differences = [...alone.map((finding) => `is found in what is read alone: ${finding}`), ...(hasGap ? [] : left.map((finding) => `is found in what is sent alone: ${finding}`))];
  return { both: recorded.length - left.length, beside: hasGap ? left.length : 0, differences };
}

function ruleOf(finding: string): string {
  return finding.slice(0, finding.indexOf(':'));
}
