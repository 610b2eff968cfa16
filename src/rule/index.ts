// The rule kit: what a rule may import, and all that it may import.

export type { Act, Step, Timeline } from '../model/timeline.ts';
export type { Catalog, Column, Index, Relation } from '../model/catalog.ts';
export type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
export type { Constraint } from '../model/constraint.ts';
export type { Feature } from '../model/feature.ts';
export type { Draft } from '../model/finding.ts';
export type { Rule, RuleMeta } from '../model/rule.ts';
export type { Span } from '../text/span.ts';
export { isSerial, type ColumnType } from '../model/column-type.ts';
export { blocksWhileWorking, isBlocking, stopsReaders, type Effect, type RewriteCause } from '../model/effect.ts';
export { isSameName, printName, type RelationName } from '../model/names.ts';
export type { RowAction } from '../model/row-action.ts';
export type { SettingValue, Statement } from '../model/statement.ts';
export { isTimeoutName, parseDuration, printDuration, settingInForce, timeoutInForce, type HeldLock, type Session } from '../model/session.ts';
export { definedColumns, typedColumns, type TypedColumn } from './columns.ts';
export { addedKeys, catalogBehind, type AddedKey } from './keys.ts';
export { longNames } from './long-names.ts';
export { namesIn } from './named.ts';
export { goesThroughTable } from './rows.ts';
export { isTable } from './relations.ts';
export { isOfTransaction, leavingIn, locksHeld, transactionOf } from './transactions.ts';
export { onChange, onColumnType, overMigration, type ChangeContext, type Remark } from './constructors.ts';
export { list } from '../text/list.ts';
export { stringsIn } from '../text/strings-in.ts';
export { tablesLocked, tablesOf, workInWords } from './words.ts';
