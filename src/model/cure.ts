// What cures a finding: edits of the file where it stands, and further migrations behind it.

import type { Range } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import type { ChangeKind } from './change.ts';
import type { QualifiedName } from './names.ts';

/**
 * `safe`: in the same file, with the same schema and the same data behind it · `files`: the same, by further migrations too ·
 * `unsafe`: the result, what is done at once, or the order of effects differs · `human`: a plan, because somebody has to decide.
 */
export const cureLevels = ['safe', 'files', 'unsafe', 'human'] as const;

export type CureLevel = (typeof cureLevels)[number];

/** `text` takes the place of the span, which may be empty. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** `together`: in the transaction where the statement stood · `own`: in a transaction of its own · `outside`: each statement on its own, in no transaction. */
export type StagePlace = 'together' | 'own' | 'outside';

/** Statements that belong together, without their semicolons. */
export interface Stage {
  /** What it does, as file names say it: `validate_orders_total_check`. */
  readonly name: string;
  readonly statements: readonly string[];
  readonly place: StagePlace;
  /** What undoes it; nothing where the way down of the migration itself does. */
  readonly undo: readonly string[];
  /** Nobody may see one of them done without the others. */
  readonly isAtomic?: true;
}

/** A migration that is to be written behind the one that is cured. */
export interface FurtherMigration extends Stage {
  readonly place: Exclude<StagePlace, 'together'>;
}

/** What a cure wants, wherever the statement stands. */
export interface Treatment {
  /** What is done, in the imperative: `Build the index concurrently`. */
  readonly title: string;
  /** The result, what is done at once, or the order of effects differs. */
  readonly isUnsafe?: true;
  /** The rule says it once for several statements, of which this cures one. */
  readonly isOneOfMany?: true;
  /** Inside of the statement, or elsewhere in the file. */
  readonly edits: readonly Edit[];
  /** The statement itself can't stay in its transaction. */
  readonly moves?: { readonly place: 'own' | 'outside'; readonly name: string; readonly undo: readonly string[] };
  /** Before the statement. */
  readonly before?: readonly Stage[];
  /** Behind it, in this order. */
  readonly behind?: readonly Stage[];
  /** What takes back what the edits have made, where the way down of the migration can't know of it. */
  readonly undo?: readonly string[];
  /** What the way down has to give back where the stages stay in the file. */
  readonly undoInPlace?: readonly string[];
  /** DROP of what is not made any more: the way down of the migration has to go on without it. */
  readonly unmade?: readonly string[];
  /** What the statements work on: nothing else that works on it may change places with them, but for what commutes. */
  readonly about: readonly Subject[];
}

export interface Subject {
  readonly relation: QualifiedName;
  /** What is made, by names that nothing else has. */
  readonly names: readonly string[];
  /** Changes of the relation that come to the same, before or behind. */
  readonly commutes: ReadonlySet<ChangeKind>;
}

/** Why there is no cure where one might be expected. */
export interface Withheld {
  readonly why: string;
}

/** What is to be written, where the tool that runs the file is known. */
export interface Cure {
  readonly level: Exclude<CureLevel, 'human'>;
  readonly title: string;
  /** See `Treatment`. */
  readonly isOneOfMany?: true;
  readonly edits: readonly Edit[];
  /** The file is to be marked, so that its tool runs it in no transaction. */
  readonly leaves: boolean;
  /** All that the file holds then is one statement with a body, for a tool that cuts those: see `Ways`. */
  readonly isBlock: boolean;
  readonly further: readonly FurtherMigration[];
  /** What the way down of the file itself has to take back. */
  readonly undo: readonly string[];
  /** See `Treatment`. */
  readonly unmade: readonly string[];
}

/**
 * `marked`: a file says that it wants none · `alone`: a file of one statement is in none · `none`: there is no way out that a file could
 * take.
 */
export interface Ways {
  /** Of the tool, as it is written: `goose`. */
  readonly title: string;
  readonly outside: 'marked' | 'alone' | 'none';
  /** In a marked file, each statement is sent for itself. */
  readonly sendsSingly: boolean;
  /** It can be told which files come next. */
  readonly takesFurther: boolean;
  /** All files of a run share a transaction, which a file can end, to begin another one. */
  readonly endsRuns?: boolean;
  /** Its files say BEGIN and COMMIT themselves; what comes behind the COMMIT is a migration of its own. */
  readonly opensItself?: boolean;
  /** It takes each semicolon in a body between dollar signs for the end of a statement, unless the file holds nothing else and says so. */
  readonly cutsBlocks?: boolean;
  /** Lines around a statement that has semicolons in it; undefined where the tool sees by itself where one ends. */
  readonly around?: Around;
}

export interface Around {
  readonly open: string;
  readonly close: string;
}

/** A cure that was tried, as reports show it. */
export interface OfferedCure {
  readonly level: CureLevel;
  readonly title: string;
  readonly edits: readonly PlacedEdit[];
  /** Files that are to be written, and that nothing takes the place of. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Files that get another name, and nothing takes the place of anything. */
  readonly renames?: readonly Rename[];
}

/** Paths as reports show them. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

export interface PlacedEdit extends Range {
  readonly path: string;
  readonly text: string;
}
