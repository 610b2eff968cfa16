// From drafts to findings: severities, suppressions, the baseline, positions, order, and fingerprints. Rules know nothing of it.

import { Fingerprint } from '../text/fingerprint.ts';
import type { SourceText } from '../text/source-text.ts';
import { sqlTokens } from '../text/sql-tokens.ts';
import { isAtLeast, milderOf, type Draft, type Finding, type Severity, type Suppression } from '../model/finding.ts';
import type { RuleMeta } from '../model/rule.ts';
import type { TableSizes } from '../model/table-sizes.ts';
import { weigh, type Weight } from './small-tables.ts';

export interface SettledRule {
  readonly meta: Pick<RuleMeta, 'id' | 'category'>;
  readonly severity: Severity;
}

export interface JudgedDraft {
  readonly draft: Draft;
  readonly rule: SettledRule;
  readonly suppression?: Suppression;
}

/** What findings of a whole run share. */
export interface Settlement {
  /** The path that a fingerprint is made of: the same wherever the run was started. */
  readonly identify: (path: string) => string;
  /** Fingerprints of findings that are known. */
  readonly baseline: ReadonlySet<string>;
  readonly tables: TableSizes;
}

/** How often equal findings came before, by their fingerprints; one for a run, because a text may hold several migrations. */
export type SeenBefore = Map<string, number>;

/** Of which migration the findings are. */
export interface Settled {
  readonly source: SourceText;
  readonly name?: string | undefined;
}

export interface SettledFinding {
  readonly draft: Draft;
  readonly finding: Finding;
  readonly suppression: Suppression | undefined;
}

/** The findings of one migration by place; what stands at the same place, by the name of its rule. */
export function settle(
  { source, name }: Settled,
  drafts: readonly JudgedDraft[],
  seen: SeenBefore,
  { identify, baseline, tables }: Settlement,
): SettledFinding[] {
  const inOrder = drafts.toSorted(
    (left, right) => left.draft.span.start - right.draft.span.start || compare(left.rule.meta.id, right.rule.meta.id),
  );
  const ofStatement = fingerprintsOf(source, identify);
  const weighed = inOrder.map((judged) => ({ weight: weightOf(judged, tables), ...judged }));
  return onceEach(weighed).map(({ draft, rule, suppression, weight }) => {
    const identity = ofStatement(draft, rule).with(`\0${wordsOf(source.slice(draft.span))}`);
    const count = seen.get(identity.print()) ?? 0;
    seen.set(identity.print(), count + 1);
    const finding: Finding = {
      rule: rule.meta.id,
      category: rule.meta.category,
      ...weight,
      path: source.fileAt(draft.span.start).path,
      migration: name,
      ...source.rangeOf(draft.span),
      help: draft.help,
      statement: source.rangeOf(draft.statement),
      effects: draft.effects,
      fingerprint: identity.with(`\0${count}`).print(),
    };
    return { draft, finding, suppression: suppression ?? (baseline.has(finding.fingerprint) ? { kind: 'baseline' } : undefined) };
  });
}

/** Of a rule, a path and a statement: a block of code may be long, and have thousands of findings. */
function fingerprintsOf(source: SourceText, identify: Settlement['identify']): (draft: Draft, rule: SettledRule) => Fingerprint {
  const words = new Map<string, string>();
  const known = new Map<string, Fingerprint>();
  return ({ statement, span }, { meta: { id } }) => {
    const { path } = source.fileAt(span.start);
    const place = `${statement.start}-${statement.end}`;
    const key = [id, place, path].join('\0');
    const found = known.get(key);
    if (found) return found;
    const text = words.get(place) ?? wordsOf(source.slice(statement));
    words.set(place, text);
    const made = Fingerprint.of([id, identify(path), text].join('\0'));
    known.set(key, made);
    return made;
  };
}

function weightOf({ draft, rule }: JudgedDraft, tables: TableSizes): Weight {
  return weigh(draft, rule.meta, milderOf(rule.severity, draft.atMost ?? rule.severity), tables);
}

interface WeighedDraft extends JudgedDraft {
  readonly weight: Weight;
}

/** What says the same as another stands aside, be it suppressed or not. */
function onceEach(drafts: readonly WeighedDraft[]): readonly WeighedDraft[] {
  const speakers = new Map<string, WeighedDraft>();
  for (const one of drafts) {
    const key = onceKey(one);
    const other = speakers.get(key);
    if (other === undefined || !isAtLeast(other.weight.severity, one.weight.severity)) speakers.set(key, one);
  }
  return drafts.filter((one) => one.draft.once === undefined || speakers.get(onceKey(one)) === one);
}

function onceKey({ draft, rule, suppression }: WeighedDraft): string {
  return [rule.meta.id, draft.once, suppression === undefined ? '' : JSON.stringify(suppression)].join('\0');
}

/** The text without regard to how it is spaced and commented. */
function wordsOf(text: string): string {
  return (/--|\/\*/.test(text) ? withoutComments(text) : text).replace(/\s+/g, ' ');
}

function withoutComments(text: string): string {
  let plain = '';
  let offset = 0;
  for (const { kind, start, end } of sqlTokens(text)) {
    if (kind !== 'comment') continue;
    plain += `${text.slice(offset, start)} `;
    offset = end;
  }
  return plain + text.slice(offset);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
