// A relation whose parts need something under another name.

import type { Column, Relation, RewriteRule, Trigger } from '../relation.ts';
import { noNeeds, renamedNeeds, type AttachedNeeds, type Needs, type Renames } from './needs.ts';

/** All of its parts, where what they need has another name. */
export function renamedIn(relation: Relation, renames: Renames): Relation {
  const rename = (needs: Needs): Needs => renamedNeeds(needs, renames);
  const attached = (one: AttachedNeeds): AttachedNeeds => (one.needs === noNeeds ? one : { ...one, needs: rename(one.needs) });
  return {
    ...relation,
    needs: rename(relation.needs),
    reads: renamedNeeds({ ...noNeeds, relations: relation.reads }, renames).relations,
    base: relation.base && (renames.relation?.(relation.base) ?? relation.base),
    columns: relation.columns.changed((column) => renamedColumn(column, renames)),
    constraints: relation.constraints.changed((one) => (one.type === 'check' && one.needs !== noNeeds ? { ...one, needs: rename(one.needs) } : one)),
    indexes: relation.indexes.changed((index) => (index.needs === noNeeds ? index : { ...index, needs: rename(index.needs) })),
    triggers: relation.triggers === 'unknown' ? 'unknown' : relation.triggers.changed((one) => renamedTrigger(one, renames)),
    policies: relation.policies === 'unknown' ? 'unknown' : relation.policies.changed(attached),
    rules: relation.rules === 'unknown' ? 'unknown' : relation.rules.changed((one) => renamedRule({ ...one, ...attached(one) }, renames)),
  };
}

function renamedColumn(column: Column, renames: Renames): Column {
  const name = renames.type?.(column.type.name) ?? column.type.name;
  if (name === column.type.name && column.needs === noNeeds) return column;
  return { ...column, type: { ...column.type, name }, needs: renamedNeeds(column.needs, renames) };
}

function renamedRule(rule: RewriteRule, { relation: rename }: Renames): RewriteRule {
  return rename ? { ...rule, actions: rule.actions.map((action) => ({ ...action, target: rename(action.target) })) } : rule;
}

function renamedTrigger(trigger: Trigger, renames: Renames): Trigger {
  const { schema = trigger.function.schema, name } = renames.ofTriggers?.(trigger.function) ?? trigger.function;
  const isSame = schema === trigger.function.schema && name === trigger.function.name && trigger.needs === noNeeds;
  return isSame ? trigger : { ...trigger, function: { schema, name }, needs: renamedNeeds(trigger.needs, renames) };
}
