// Takes out what comments suppress, and says what is wrong with the comments. All migrations in one text are looked at together,
// because a comment at the top speaks of all of them.

import type { Severity } from '../model/finding.ts';
import type { OptionValues, RuleMeta } from '../model/rule.ts';
import { nearest } from '../text/nearest.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { directiveOf, mayHoldDirectives, type Directive, type NamedRule, type Scope } from './directive.ts';
import type { ConfiguredRule } from './judge.ts';
import { Orders, type Order } from './orders.ts';
import type { ParsedMigration } from './parsed-migration.ts';
import type { JudgedDraft } from './settle.ts';
import { equivalentsOf } from './squawk.ts';
import { squawkReaches } from './squawk-reach.ts';
import { remark, suppressionRuleIds, type SuppressionSeverities } from './suppression-rules.ts';
import { placed, Targets, type PlacedComment } from './suppression-target.ts';
import { isFoundLater } from './history-rules.ts';
import { isSettable, settableUnreadRules, unreadIn, unreadRuleIds, type UnreadSeverities } from './unread.ts';

/** Kinds of comments that the configuration may refuse. */
export interface AllowedSuppressions {
  /** What squawk reads. */
  readonly squawk: boolean;
  /** Those for a whole file, ours and squawk's. */
  readonly file: boolean;
}

/** What the configuration makes of the rules, for one migration. */
export interface Ruling {
  readonly rules: readonly ConfiguredRule[];
  /** Of what is found by no rule. */
  readonly optionsOf: (meta: RuleMeta) => OptionValues;
  readonly suppressions: SuppressionSeverities;
  readonly unread: UnreadSeverities;
  readonly allowed: AllowedSuppressions;
}

/** Of a rule that comments can suppress; undefined where there is no such rule. */
function severityOf(id: string, { rules, unread }: Ruling): Severity | 'off' | undefined {
  return isSettable(id) ? unread[id] : rules.find(({ rule }) => rule.meta.id === id)?.severity;
}

/** A migration with what the rules say of it. */
export interface JudgedMigration {
  readonly migration: ParsedMigration;
  readonly ruling: Ruling;
  readonly drafts: readonly JudgedDraft[];
}

/** For each migration of one text, its drafts, with the reason where they are suppressed, and remarks on its comments. */
export function suppress(judged: readonly JudgedMigration[]): readonly (readonly JudgedDraft[])[] {
  const [first] = judged;
  if (first === undefined || !mayHoldDirectives(first.migration.source.text)) return judged.map(({ drafts }) => drafts);
  const tops = topsOf(judged);
  const read = judged.map((one) => readComments(one, tops));
  const { source } = first.migration;
  const fileWide = ordersOf(read.flatMap(({ orders }) => orders.filter(isFileWide)), source);
  const all = read.map(({ orders, remarks }) => ({ orders, remarks, own: ordersOf(orders.filter((order) => !isFileWide(order)), source) }));
  const drafts = judged.map((one, index) => one.drafts.map((draft) => suppressed(draft, [all[index]?.own, fileWide])));
  return all.map(({ orders, remarks, own }, index) => [
    ...(drafts[index] ?? []),
    ...remarks,
    ...orders.flatMap((order) => {
      const { allowed, refused } = isFileWide(order) ? fileWide : own;
      return order.remarks((id) => (order.isAllowed ? allowed : refused).isUsed(order, id));
    }),
  ]);
}

/** With what is to be said of it; asked for when all drafts were seen. */
interface SaidOrder extends Order {
  /** False: the configuration refuses comments of its kind. */
  readonly isAllowed: boolean;
  readonly scope: Scope;
  /** `isUsed`: has it suppressed something of that rule, or would have? Without a rule: of any. */
  readonly remarks: (isUsed: (id?: string) => boolean) => readonly JudgedDraft[];
}

function isFileWide({ scope }: SaidOrder): boolean {
  return scope === 'file';
}

interface OrdersByKind {
  readonly allowed: Orders;
  readonly refused: Orders;
}

function ordersOf(orders: readonly SaidOrder[], source: SourceText): OrdersByKind {
  const [allowed, refused] = [orders.filter(({ isAllowed }) => isAllowed), orders.filter(({ isAllowed }) => !isAllowed)];
  return { allowed: new Orders(allowed, source), refused: new Orders(refused, source) };
}

/** Of `orders`, those that are asked first come first; all of them are used. */
function suppressed(judged: JudgedDraft, orders: readonly (OrdersByKind | undefined)[]): JudgedDraft {
  const { id } = judged.rule.meta;
  for (const some of orders) some?.refused.speakingOf(id, judged.draft);
  const [first] = orders.flatMap((some) => some?.allowed.speakingOf(id, judged.draft) ?? []);
  return first ? { suppression: { kind: 'comment', reason: first.reason }, ...judged } : judged;
}

interface ReadComments {
  readonly orders: readonly SaidOrder[];
  readonly remarks: readonly JudgedDraft[];
}

/** Where the first statement of each file starts. */
type Tops = ReadonlyMap<SourceText, number>;

function topsOf(judged: readonly JudgedMigration[]): Tops {
  const tops = new Map<SourceText, number>();
  for (const { migration } of judged) {
    for (const { span } of migration.parsed.statements) {
      const file = migration.source.fileAt(span.start);
      if (!tops.has(file)) tops.set(file, span.start);
    }
  }
  return tops;
}

function readComments(judged: JudgedMigration, tops: Tops): ReadComments {
  const { parsed, source } = judged.migration;
  const topOf = ({ start }: Span): number => tops.get(source.fileAt(start)) ?? source.text.length;
  const [ownReach, squawkReach] = [reachesOf(judged.migration), squawkReaches(judged.migration)];
  const read = placed(parsed.comments(), source.text).map((one) =>
    readComment(directiveOf(source.text, one.comment), topOf(one.comment), judged, {
      own: (scope) => ownReach(scope, one),
      squawk: (scope) => squawkReach(scope, one.comment),
    }),
  );
  return { orders: read.flatMap(({ orders }) => orders), remarks: read.flatMap(({ remarks }) => remarks) };
}

const nothing: ReadComments = { orders: [], remarks: [] };

/** What a comment speaks of, by who reads it. */
interface Reaches {
  readonly own: (scope: Scope) => Reach;
  readonly squawk: (scope: Scope) => Order['reach'];
}

/** `top`: where the first statement of the file starts. */
function readComment(directive: Directive | undefined, top: number, judged: JudgedMigration, reaches: Reaches): ReadComments {
  if (directive === undefined) return nothing;
  if (directive.kind === 'foreign') return { orders: [foreignOrder(directive, reaches.squawk(directive.scope), judged.ruling)], remarks: [] };
  const { suppressions, allowed } = judged.ruling;
  const misplaced = directive.kind === 'own' && directive.scope === 'file' && directive.span.start > top;
  if (directive.kind === 'malformed' || misplaced) {
    const message = directive.kind === 'malformed' ? directive.message : MISPLACED;
    return { orders: [], remarks: remark('malformed-suppression', directive.span, message, suppressions) };
  }
  if (directive.scope === 'file' && !allowed.file) return { orders: [], remarks: remark('refused-suppression', directive.span, refusedInWords('file'), suppressions) };
  return { orders: [ownOrder(directive, reaches.own(directive.scope), judged.ruling)], remarks: remarksOn(directive, judged.ruling) };
}

const MISPLACED = 'A suppression for the whole file stands before its first statement; here it suppresses nothing';

function ownOrder({ scope, rules, reason }: Extract<Directive, { kind: 'own' }>, { reach, isRead }: Reach, ruling: Ruling): SaidOrder {
  const isOn = (id: string): boolean => (severityOf(id, ruling) ?? 'off') !== 'off';
  return {
    isAllowed: true,
    scope,
    reason,
    reach,
    rules: new Set(rules.map(({ id }) => id)),
    remarks: (isUsed) => {
      if (!isRead) return [];
      return rules
        .filter(({ id }) => isOn(id) && !isUsed(id) && !isFoundLater(id))
        .flatMap(({ id, span }) => remark('unused-suppression', span, unusedInWords(id, reach !== undefined), ruling.suppressions));
    },
  };
}

function unusedInWords(id: string, isThere: boolean): string {
  return isThere ? `This comment suppresses no finding of ${id}` : 'There is no statement behind this comment, and none before it on its line';
}

/** It needs no reason, and squawk may have a use for it where there is none here. */
function foreignOrder(directive: Extract<Directive, { kind: 'foreign' }>, reach: Order['reach'], { allowed, suppressions }: Ruling): SaidOrder {
  const { scope, names, reason, span } = directive;
  const rules = equivalentsOf(names);
  const refused = !allowed.squawk ? 'squawk' : scope === 'file' && !allowed.file ? 'file' : undefined;
  return {
    isAllowed: refused === undefined,
    scope,
    reason: reason === '' ? 'a comment for squawk' : reason,
    reach,
    rules: rules === 'all' && scope === 'statement' ? new Set() : rules,
    remarks: (isUsed) => (refused === undefined || !isUsed() ? [] : remark('refused-suppression', span, refusedInWords(refused), suppressions)),
  };
}

const refusedKinds: Readonly<Record<keyof AllowedSuppressions, string>> = { squawk: 'comments for squawk', file: 'comments for a whole file' };

function refusedInWords(kind: keyof AllowedSuppressions): string {
  return `The configuration refuses ${refusedKinds[kind]}, so this one suppresses nothing`;
}

interface Reach {
  readonly reach: Order['reach'];
  /** All of it was read, so that it shows whether the comment is used. */
  readonly isRead: boolean;
}

function reachesOf({ parsed, source }: ParsedMigration): (scope: Scope, comment: PlacedComment) => Reach {
  const unread = unreadIn(parsed.problems).map(({ span }) => span);
  const places = parsed.problems.flatMap(({ rule, span }) => (rule === 'unrun-statement' ? [] : [span])).toSorted((left, right) => left.start - right.start);
  const targets = new Targets(parsed.statements, places, source);
  const isUnread = new Set(unread);
  return (scope, placedComment) => {
    if (scope === 'file') return { reach: source.fileAt(placedComment.comment.start), isRead: unread.length === 0 };
    const reach = targets.of(placedComment);
    return { reach, isRead: reach === undefined || !isUnread.has(reach.statement) };
  };
}

function remarksOn({ rules, reason, span }: Extract<Directive, { kind: 'own' }>, { rules: known, suppressions }: Ruling): JudgedDraft[] {
  const ids = [...known.map(({ rule }) => rule.meta.id), ...settableUnreadRules.map(({ id }) => id)];
  const unknown = rules.filter(({ id }) => !ids.includes(id));
  return [
    ...unknown.flatMap((rule) => remark('unknown-suppression', rule.span, unknownInWords(rule, ids), suppressions)),
    ...(reason === '' ? remark('suppression-without-reason', span, 'This suppression does not say why', suppressions) : []),
  ];
}

const aboutSuppressions: readonly string[] = suppressionRuleIds;

function unknownInWords({ id }: NamedRule, ids: readonly string[]): string {
  if (unreadRuleIds.includes(id)) return `${id} can't be suppressed: what could not be read was not checked`;
  if (aboutSuppressions.includes(id)) return `${id} can't be suppressed; the configuration can turn it off`;
  const meant = nearest(id, ids);
  return `There is no rule "${id}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}
