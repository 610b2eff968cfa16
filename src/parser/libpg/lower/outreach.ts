// What of a statement reaches out of its database: to programs and files of the server, and to what all its databases share.

import type { Node } from '@pgsql/types';
import type { Outreach } from '../../../model/statement.ts';
import { callsIn } from './expressions.ts';
import type { NodeOf, Tag } from './context.ts';

/** `text`: of the statement. */
export function outreachOf(node: Node, text: string): { readonly outreach?: Outreach } {
  const [tag, content] = Object.entries(node)[0] ?? ['', undefined];
  const read = readers[tag as Tag] as ((content: unknown) => Outreach | undefined) | undefined;
  const outreach = read?.(content) ?? (queries.has(tag) && /dblink|lo_|pg_/i.test(text) ? ofCalls(node) : undefined);
  return outreach === undefined ? {} : { outreach };
}

type Readers = { readonly [K in Tag]?: (node: NodeOf<K>) => Outreach | undefined };

const readers: Readers = {
  CopyStmt: ({ is_program: isProgram, filename }) => (isProgram ? 'program' : filename ? 'file' : undefined),
  GrantStmt: ({ objtype }) => shared(objtype),
  CommentStmt: ({ objtype }) => shared(objtype),
  SecLabelStmt: ({ objtype }) => shared(objtype),
  AlterOwnerStmt: ({ objectType }) => shared(objectType),
  RenameStmt: ({ renameType }) => shared(renameType),
};

function shared(kind: string | undefined): Outreach | undefined {
  return kind !== undefined && sharedKinds.has(kind) ? 'server' : undefined;
}

const sharedKinds: ReadonlySet<string> = new Set([
  'OBJECT_DATABASE',
  'OBJECT_ROLE',
  'OBJECT_TABLESPACE',
  'OBJECT_PARAMETER_ACL',
  'OBJECT_SUBSCRIPTION',
]);

/** Functions are called from queries mostly; one that is called from elsewhere, the server refuses to whom may not. */
const queries: ReadonlySet<string> = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'CreateTableAsStmt', 'CopyStmt', 'ExplainStmt']);

function ofCalls(node: Node): Outreach | undefined {
  for (const { name } of callsIn(node)) {
    const found = outreaches.find(([names]) => names.test(name.name));
    if (found) return found[1];
  }
  return undefined;
}

/** Functions that PostgreSQL or its own extensions bring. */
const outreaches: readonly (readonly [RegExp, Outreach])[] = [
  [/^(?:lo_import|lo_export|pg_read_file|pg_read_binary_file|pg_ls_\w+|pg_stat_file|pg_file_\w+|pg_logdir_ls)$/, 'file'],
  [
    /^(?:dblink(?:_\w+)?|pg_create_\w+|pg_copy_\w+_replication_slot|pg_drop_replication_slot|pg_replication_\w+|pg_logical_slot_get_\w+|pg_logical_emit_message|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile\w*|pg_switch_wal|pg_promote|pg_wal_replay_\w+|pg_backup_\w+|pg_stop_backup|pg_start_backup|pg_stat_reset\w*)$/,
    'server',
  ],
];
