// What is known of that which is no relation: functions, types and publications.

import type { Volatility } from './changes/object-changes.ts';
import type { ColumnType } from './column-type.ts';
import type { ColumnDefinition } from './column.ts';
import type { NeededRelation, Needs } from './dependencies/needs.ts';
import type { Expression } from './expression.ts';
import type { FunctionBody } from './function-body.ts';
import type { Moment } from './moment.ts';
import type { NamedList } from './named-list.ts';
import type { QualifiedName } from './names.ts';

/** What CREATE OR REPLACE has to keep of a function. */
export interface FunctionSignature {
  readonly kind: 'function' | 'procedure';
  /** Undefined where it is the type of a column, `orders.id%TYPE`. */
  readonly returns: ReturnedType | undefined;
  /** What its arguments are called; `''` of one without a name. */
  readonly names: readonly string[];
  /** How many of them have a default. */
  readonly defaults: number;
}

/** `columns`: of a row, where several come out; else the type is what it says, `app.status[]`. */
export interface ReturnedType {
  readonly isSet: boolean;
  readonly type: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export interface FunctionInfo {
  readonly volatility: Volatility;
  /** As they are written, `app.status[]`: they tell overloads apart. */
  readonly argumentTypes: readonly string[];
  /** Types of the history that go in or come out, in arrays too: without them it can't be. */
  readonly types: readonly QualifiedName[];
  /** RETURNS trigger: nobody calls it but a trigger. */
  readonly forTriggers: boolean;
  readonly born: Moment;
  readonly inlined: Expression | undefined;
  /** LANGUAGE sql. */
  readonly mayBeInlined: boolean;
  readonly body: FunctionBody;
  readonly signature: FunctionSignature;
  /** In code that may not have run, it was made, dropped or made anew. */
  readonly inDoubt: boolean;
  /** Of a body that was read when it was made, of the defaults of its arguments, and of tables whose rows go in or come out. */
  readonly needs: Needs;
}

/** Whose changes are sent to subscribers. */
export interface Publication {
  readonly tables: readonly QualifiedName[];
  /** FOR TABLES IN SCHEMA. */
  readonly schemas: readonly string[];
  /** FOR ALL TABLES. */
  readonly everything: boolean;
  /** It sends UPDATE or DELETE, so that subscribers must find the row. */
  readonly findsRows: boolean;
  /** What its lists of columns and its WHERE need, table by table. */
  readonly narrowed: readonly PublishedPart[];
}

export interface PublishedPart extends NeededRelation {
  readonly needs: Needs;
}

export interface DomainConstraint {
  readonly type: 'check' | 'not-null';
  readonly name: string;
  /** It lets no NULL pass. */
  readonly refusesNull: boolean;
  readonly needs: Needs;
}

export type TypeInfo =
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  /** `constraints` are its own, valid or not; those of the domain below hold as well. `notNull`: before 17, no constraint of a name says so. */
  | {
      readonly kind: 'domain';
      readonly base: ColumnType;
      readonly notNull: boolean;
      readonly constraints: NamedList<DomainConstraint>;
      readonly default: Expression | undefined;
      readonly defaultNeeds: Needs;
    }
  | { readonly kind: 'composite'; readonly attributes: readonly ColumnDefinition[] }
  /** `isShell`: only its name is taken, by a CREATE TYPE that waits for another one. */
  | { readonly kind: 'other'; readonly isShell: boolean };

export type TypeInfoOf<K extends TypeInfo['kind']> = Extract<TypeInfo, { readonly kind: K }>;

/** A statistics object. */
export interface Statistics {
  readonly table: QualifiedName;
  /** Plain columns, as they are called now. */
  readonly columns: readonly string[];
  readonly expressions: readonly Expression[];
}
