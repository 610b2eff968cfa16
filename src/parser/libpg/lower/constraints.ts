// Constraints of tables, columns and domains.

import type { Constraint as ConstraintNode } from '@pgsql/types';
import type { Constraint, IndexConstraint, KeyAction } from '../../../model/constraint.ts';
import { lowerExpression } from './expressions.ts';
import { conditionOf, elementsOf, keysOf, partOf } from './index-elements.ts';
import { lowerPredicate } from './predicate.ts';
import { relationName, strings } from './names.ts';

/** `column`: the column that the constraint stands at, undefined for a constraint of the table. */
export function lowerConstraint(node: ConstraintNode, column?: string): Constraint | undefined {
  const base = { name: node.conname, valid: node.skip_validation !== true, enforced: true };
  const own = column === undefined ? [] : [column];
  switch (node.contype) {
    case 'CONSTR_CHECK':
      return (
        node.raw_expr && {
          type: 'check',
          expression: lowerExpression(node.raw_expr),
          predicate: lowerPredicate(node.raw_expr),
          noInherit: node.is_no_inherit === true,
          ...base,
          enforced: node.is_enforced === true,
        }
      );
    case 'CONSTR_FOREIGN':
      return {
        type: 'foreign-key',
        columns: node.fk_attrs ? strings(node.fk_attrs) : own,
        references: relationName(node.pktable),
        referencedColumns: strings(node.pk_attrs),
        deferrable: node.deferrable === true,
        deferred: node.initdeferred === true,
        temporal: node.fk_with_period === true,
        onDelete: keyAction(node.fk_del_action, strings(node.fk_del_set_cols)),
        onUpdate: keyAction(node.fk_upd_action, []),
        ...base,
        enforced: node.is_enforced === true,
      };
    case 'CONSTR_UNIQUE':
      return { type: 'unique', ...base, ...keyOf(node, own) };
    case 'CONSTR_PRIMARY':
      return { type: 'primary-key', ...base, ...keyOf(node, own) };
    case 'CONSTR_EXCLUSION':
      return { type: 'exclusion', ...base, ...exclusionOf(node) };
    case 'CONSTR_NOTNULL':
      return { type: 'not-null', columns: node.keys ? strings(node.keys) : own, noInherit: node.is_no_inherit === true, ...base };
    default:
      return undefined;
  }
}

/** Source: FKCONSTR_ACTION_… in src/include/nodes/parsenodes.h. */
function keyAction(letter: string | undefined, columns: readonly string[]): KeyAction | undefined {
  switch (letter) {
    case 'c':
      return { kind: 'cascade' };
    case 'n':
      return { kind: 'set-null', columns };
    case 'd':
      return { kind: 'set-default', columns };
    default:
      return undefined;
  }
}

type KeyPart = 'columns' | 'parts' | 'expressions' | 'method' | 'predicate';

type IndexPart = 'tablespace' | 'included' | 'usingIndex' | 'form' | 'deferrable' | 'deferred' | 'temporal';

function keyOf(node: ConstraintNode, own: readonly string[]): Pick<IndexConstraint, KeyPart | IndexPart> {
  const columns = node.keys ? strings(node.keys) : own;
  return { columns, parts: columns, expressions: [], method: node.without_overlaps ? 'gist' : 'btree', predicate: undefined, ...indexOf(node) };
}

function exclusionOf(node: ConstraintNode): Pick<IndexConstraint, KeyPart | IndexPart> {
  const elements = (node.exclusions ?? []).flatMap((pair) => elementsOf('List' in pair ? pair.List.items?.slice(0, 1) : undefined));
  return { ...keysOf(elements), parts: elements.map(partOf), method: node.access_method ?? 'btree', predicate: conditionOf(node.where_clause), ...indexOf(node) };
}

function indexOf(node: ConstraintNode): Pick<IndexConstraint, IndexPart> {
  const { including, indexname, indexspace: tablespace, deferrable = false, initdeferred = false, without_overlaps: temporal = false } = node;
  return { tablespace, included: strings(including), usingIndex: indexname, form: formOf(node), deferrable, deferred: initdeferred, temporal };
}

function formOf({ contype, exclusions, access_method: method, where_clause: where, nulls_not_distinct: isOne, without_overlaps: isApart }: ConstraintNode): string {
  if (contype === 'CONSTR_EXCLUSION') return JSON.stringify([method, exclusions, where], (name, value: unknown) => (name === 'location' ? undefined : value));
  return [isOne && 'nulls not distinct', isApart && 'without overlaps'].filter(Boolean).join('; ');
}

/** The constraints of a list in which NOT ENFORCED and INITIALLY DEFERRED stand behind the constraint that they are about. */
export function lowerColumnConstraints(nodes: readonly ConstraintNode[], column: string): Constraint[] {
  const constraints: Constraint[] = [];
  for (const node of nodes) {
    const last = constraints.at(-1);
    if (node.contype === 'CONSTR_ATTR_NOT_ENFORCED' && last)
      constraints[constraints.length - 1] = { ...last, valid: false, enforced: false };
    if (node.contype === 'CONSTR_ATTR_DEFERRABLE' && last && 'deferrable' in last)
      constraints[constraints.length - 1] = { ...last, deferrable: true };
    if (node.contype === 'CONSTR_ATTR_DEFERRED' && last && 'deferrable' in last)
      constraints[constraints.length - 1] = { ...last, deferrable: true, deferred: true };
    const constraint = lowerConstraint(node, column);
    if (constraint) constraints.push(constraint);
  }
  return constraints;
}
