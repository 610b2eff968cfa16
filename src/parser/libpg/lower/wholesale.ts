// Statements that name no object: they take all that a role owns, or all that lies in a tablespace.

import type { AlterTableMoveAllStmt, DropOwnedStmt, Node, ReassignOwnedStmt, RoleSpec } from '@pgsql/types';
import type { Context, StatementBody } from './context.ts';
import { objectWords, relationKindOf } from './object-types.ts';
import { schema } from './objects.ts';

export function lowerMoveAll(node: AlterTableMoveAllStmt, { span }: Context): StatementBody {
  const { objtype, orig_tablespacename: from = '', new_tablespacename: to = '' } = node;
  return schema(`ALTER ${objectWords(objtype)}`, { kind: 'move-all', span, relationKind: relationKindOf(objtype) ?? 'table', from, to });
}

export function lowerReassignOwned({ roles = [], newrole }: ReassignOwnedStmt, { span }: Context): StatementBody {
  return schema('REASSIGN OWNED', { kind: 'reassign-owned', span, owners: roles.flatMap(roleOf), to: roleName(newrole) });
}

/** Undefined where it takes what whoever runs it owns, which may be anything. */
export function lowerDropOwned({ roles = [] }: DropOwnedStmt, { span }: Context): StatementBody | undefined {
  const owners = roles.flatMap(roleOf);
  return owners.length === roles.length ? schema('DROP OWNED', { kind: 'drop-owned', span, owners }) : undefined;
}

function roleOf(node: Node): string[] {
  const name = 'RoleSpec' in node ? roleName(node.RoleSpec) : undefined;
  return name === undefined ? [] : [name];
}

/** Undefined for whoever runs it: CURRENT_USER and its kin. */
export function roleName(role: RoleSpec | undefined): string | undefined {
  return role?.roletype === 'ROLESPEC_CSTRING' ? role.rolename : undefined;
}
