// Django's operations by name.

import type { Call } from '../../../tree/value.ts';
import * as fields from './field-operations.ts';
import * as indexes from './index-operations.ts';
import * as models from './model-operations.ts';
import type { Operation } from './operation.ts';

/** Those that change nothing but what Django's own code knows of models. */
export const silent: ReadonlySet<string> = new Set(['AlterModelManagers']);

const known: Readonly<Record<string, models.MakeOperation>> = {
  CreateModel: models.createModel,
  DeleteModel: models.deleteModel,
  RenameModel: models.renameModelOperation,
  AlterModelTable: models.alterModelTable,
  AlterModelTableComment: models.alterModelTableComment,
  AlterModelOptions: models.alterModelOptions,
  AlterUniqueTogether: models.alterUniqueTogether,
  AlterIndexTogether: models.alterIndexTogether,
  AlterOrderWithRespectTo: models.alterOrderWithRespectTo,
  AddField: fields.addField,
  RemoveField: fields.removeField,
  AlterField: fields.alterField,
  RenameField: fields.renameField,
  AddIndex: indexes.addIndex,
  AddIndexConcurrently: indexes.addIndexConcurrently,
  RemoveIndex: indexes.removeIndex,
  RemoveIndexConcurrently: indexes.removeIndexConcurrently,
  RenameIndex: indexes.renameIndex,
  AddConstraint: indexes.addConstraint,
  AddConstraintNotValid: indexes.addConstraintNotValid,
  RemoveConstraint: indexes.removeConstraint,
  AlterConstraint: indexes.alterConstraint,
  ValidateConstraint: indexes.validateConstraint,
};

/** Undefined for one that is none of Django's; throws where something of it can't be read. */
export function operationOf(name: string, call: Call, app: string): Operation | undefined {
  return Object.hasOwn(known, name) ? known[name]?.(call, app) : undefined;
}
