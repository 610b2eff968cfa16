// Takes out what comments suppress, and says what is wrong with the comments. All migrations in one text are looked at together,
// because a comment at the top speaks of all of them.

import type { Draft } from '../model/finding.ts';
import type { Severity } from '../model/finding.ts';
import { nearest } from '../text/nearest.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { directiveOf, mayHoldDirectives, type Directive, type NamedRule, type Scope } from './directive.ts';
import type { ConfiguredRule } from './judge.ts';
import type { ParsedMigration } from './parsed-migration.ts';
import type { JudgedDraft } from './settle.ts';
import { equivalentsOf } from './squawk.ts';
import { remark, suppressionRuleIds, type SuppressionSeverities } from './suppression-rules.ts';
import { covers, targetOf } from './suppression-target.ts';
import { isSettable, settableUnreadRules, unreadIn, unreadRuleIds, type UnreadSeverities } from './unread.ts';

/** What the configuration makes of the rules, for one migration. */
export interface Ruling {
  readonly rules: readonly ConfiguredRule[];
  readonly suppressions: SuppressionSeverities;
  readonly unread: UnreadSeverities;
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
  const text = judged[0]?.migration.source.text ?? '';
  if (!mayHoldDirectives(text)) return judged.map(({ drafts }) => drafts);
  const tops = topsOf(judged);
  const read = judged.map((one) => readComments(one, tops));
  const fileWide = read.flatMap(({ orders }) => orders.filter(({ scope }) => scope === 'file'));
  const drafts = judged.map((one, index) => {
    const own = read[index]?.orders.filter(({ scope }) => scope === 'statement') ?? [];
    return one.drafts.map((draft) => suppressed(draft, [...own, ...fileWide]));
  });
  return drafts.map((some, index) => {
    const { orders = [], remarks = [] } = read[index] ?? {};
    return [...some, ...remarks, ...orders.flatMap(({ unused }) => unused())];
  });
}

/** A comment that is in force. */
interface Order {
  readonly scope: Scope;
  readonly reason: string;
  readonly speaksOf: (id: string, draft: Draft) => boolean;
  /** The rules of which it has suppressed something. */
  readonly used: Set<string>;
  /** Remarks on what it suppresses in vain; asked for when all drafts were seen. */
  readonly unused: () => readonly JudgedDraft[];
}

function suppressed(judged: JudgedDraft, orders: readonly Order[]): JudgedDraft {
  const { id } = judged.rule.meta;
  const matching = orders.filter(({ speaksOf }) => speaksOf(id, judged.draft));
  for (const { used } of matching) used.add(id);
  const [first] = matching;
  return first ? { suppression: { kind: 'comment', reason: first.reason }, ...judged } : judged;
}

interface ReadComments {
  readonly orders: readonly Order[];
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
  const read = parsed.comments().map((comment) => readComment(directiveOf(source.text, comment), comment, topOf(comment), judged));
  return { orders: read.flatMap(({ orders }) => orders), remarks: read.flatMap(({ remarks }) => remarks) };
}

const nothing: ReadComments = { orders: [], remarks: [] };

/** `top`: where the first statement of the file starts. */
function readComment(directive: Directive | undefined, comment: Span, top: number, judged: JudgedMigration): ReadComments {
  if (directive === undefined) return nothing;
  if (directive.kind === 'foreign') return { orders: [foreignOrder(directive, comment, judged)], remarks: [] };
  const { suppressions } = judged.ruling;
  const misplaced = directive.kind === 'own' && directive.scope === 'file' && comment.start > top;
  if (directive.kind === 'malformed' || misplaced) {
    const message = directive.kind === 'malformed' ? directive.message : MISPLACED;
    return { orders: [], remarks: remark('malformed-suppression', directive.span, message, suppressions) };
  }
  return { orders: [ownOrder(directive, comment, judged)], remarks: remarksOn(directive, judged.ruling) };
}

const MISPLACED = 'A suppression for the whole file stands before its first statement; here it suppresses nothing';

function ownOrder(directive: Extract<Directive, { kind: 'own' }>, comment: Span, { migration, ruling }: JudgedMigration): Order {
  const { scope, rules, reason } = directive;
  const { isThere, isRead, holds } = reachOf(scope, comment, migration);
  const used = new Set<string>();
  const isOn = (id: string): boolean => (severityOf(id, ruling) ?? 'off') !== 'off';
  return {
    scope,
    reason,
    used,
    speaksOf: (id, draft) => rules.some((rule) => rule.id === id) && holds(draft),
    unused: () => {
      if (!isRead) return [];
      return rules
        .filter(({ id }) => isOn(id) && !used.has(id))
        .flatMap(({ id, span }) => remark('unused-suppression', span, unusedInWords(id, isThere), ruling.suppressions));
    },
  };
}

function unusedInWords(id: string, isThere: boolean): string {
  return isThere ? `This comment suppresses no finding of ${id}` : 'There is no statement behind this comment, and none before it on its line';
}

/** It needs no reason, and squawk may have a use for it where there is none here. */
function foreignOrder(directive: Extract<Directive, { kind: 'foreign' }>, comment: Span, { migration }: JudgedMigration): Order {
  const { scope, names, reason } = directive;
  const rules = equivalentsOf(names);
  const { holds } = reachOf(scope, comment, migration);
  return {
    scope,
    reason: reason === '' ? 'a comment for squawk' : reason,
    used: new Set(),
    speaksOf: (id, draft) => (rules === 'all' ? scope === 'file' : rules.has(id)) && holds(draft),
    unused: () => [],
  };
}

interface Reach {
  /** There is something that the comment speaks of. */
  readonly isThere: boolean;
  /** All of it was read, so that it shows whether the comment is used. */
  readonly isRead: boolean;
  readonly holds: (draft: Draft) => boolean;
}

function reachOf(scope: Scope, comment: Span, { parsed, source }: ParsedMigration): Reach {
  const unread = unreadIn(parsed.problems).map(({ span }) => span);
  if (scope === 'file') {
    const file = source.fileAt(comment.start);
    return { isThere: true, isRead: unread.length === 0, holds: ({ span }) => source.fileAt(span.start) === file };
  }
  const others = parsed.problems.flatMap(({ rule, span }) => (rule === 'unrun-statement' ? [] : [span]));
  const target = targetOf(comment, parsed.statements, others, source);
  return {
    isThere: target !== undefined,
    isRead: target === undefined || !unread.includes(target.statement),
    holds: (draft) => target !== undefined && covers(target, draft, source),
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
