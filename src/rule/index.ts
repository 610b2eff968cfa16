// The rule kit: what a rule may import, and all that it may import.

export type { Act, Step, Timeline } from '../model/timeline.ts';
export type { Catalog, Relation } from '../model/catalog.ts';
export type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
export type { Constraint } from '../model/constraint.ts';
export type { Draft } from '../model/finding.ts';
export type { Rule, RuleMeta } from '../model/rule.ts';
export type { Span } from '../text/span.ts';
export { isSerial, storedType, type ColumnType } from '../model/column-type.ts';
export { blocksWhileWorking, isBlocking, stopsReaders, type Effect, type RewriteCause } from '../model/effect.ts';
export { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
export type { RowAction } from '../model/row-action.ts';
export type { Statement } from '../model/statement.ts';
export { isTimeoutName, parseDuration, printDuration, settingInForce, timeoutInForce, type HeldLock, type Session } from '../model/session.ts';
export { dependents } from './dependents.ts';
export { lossOf, type Conversion, type Loss } from './loss.ts';
export { outcomeOf } from './outcome.ts';
export { printType } from './print-type.ts';
export { isRelationInUse } from './relation-in-use.ts';
export { goesThroughTable } from './rows.ts';
export { partsOf, type TablePart } from './table-parts.ts';
export { takenAlong } from './taken-along.ts';
export { isOfTransaction, locksHeld, transactionOf } from './transactions.ts';
export { onChange, overMigration, type ChangeContext, type Remark } from './constructors.ts';
export { list, listSome } from '../text/list.ts';
export { stringsIn } from '../text/strings-in.ts';
export { tablesOf, workInWords } from './words.ts';
