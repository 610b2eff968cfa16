// What was recorded, dealt out to migrations by what their tool has written into its books.

import { notesOf, type Note } from './note-of.ts';
import type { RecordedMessage } from './recording.ts';

export interface RecordedMigration {
  /** What it is known by in the books, from the surest on; empty for what no book speaks of. */
  readonly names: readonly string[];
  /** As its makers write it; undefined where it is not known. */
  readonly title: string | undefined;
  readonly direction: 'up' | 'down';
  /** What it sent, without what its tool writes for itself. */
  readonly messages: readonly RecordedMessage[];
  /** The one before it has left a session in which it goes on. */
  readonly goesOn: boolean;
}

interface Open {
  /** The migration that has begun by the books; undefined where they are written behind it. */
  begun: Note | undefined;
  messages: RecordedMessage[];
  last: { messages: RecordedMessage[] } | undefined;
}

/** In the order in which they were done. What no book speaks of is the last. */
export function dealtOut(messages: readonly RecordedMessage[]): readonly RecordedMigration[] {
  const migrations: (RecordedMigration & { messages: RecordedMessage[] })[] = [];
  const sessions = new Map<number, Open>();
  const close = (open: Open, note: Note): void => {
    const { names, title } = { ...note, names: note.names.length > 0 ? note.names : (open.begun?.names ?? []) };
    const again = migrations.at(-1);
    // Some tools write their row several times.
    if (open.messages.length === 0 && again !== undefined && again.names.join('\0') === names.join('\0')) return;
    const done = { names, title, direction: note.kind === 'undone' ? ('down' as const) : ('up' as const), messages: open.messages, goesOn: open.last !== undefined };
    migrations.push(done);
    Object.assign(open, { begun: undefined, messages: [], last: done });
  };
  const notes = notesOf(messages);
  let latest = 0;
  for (const [index, message] of messages.entries()) {
    const open = sessions.get(message.session) ?? { begun: undefined, messages: [], last: undefined };
    sessions.set(message.session, open);
    const note = notes[index];
    if (note === undefined) {
      take(message, open);
      latest = message.session;
    }
    else if (note.kind === 'begun') Object.assign(open, { begun: note, messages: [] });
    else if (note.kind !== 'other' && !(note.kind === 'done' && note.names.length === 0 && open.begun === undefined)) close(ofMigration(open, sessions.get(latest)), note);
  }
  const rest = [...sessions.values()].flatMap((open) => (open.messages.some(({ sql }) => !isQuestion(sql)) ? [{ names: [], title: undefined, direction: 'up' as const, messages: open.messages, goesOn: open.last !== undefined }] : []));
  return [...migrations, ...rest];
}

/** Some tools keep their books on one connection, and run migrations on another one. */
function ofMigration(own: Open, latest: Open | undefined): Open {
  return latest !== undefined && own.begun === undefined && own.messages.every(({ sql }) => isQuestion(sql)) && latest.messages.some(({ sql }) => !isQuestion(sql)) ? latest : own;
}

/** The end of the transaction in which the books were written is the end of that migration's. */
function take(message: RecordedMessage, open: Open): void {
  const isEnd = /^\s*(?:COMMIT|END|ROLLBACK)\b/i.test(message.sql);
  if (isEnd && open.messages.length === 0 && open.last) open.last.messages.push(message);
  else open.messages.push(message);
}

function isQuestion(sql: string): boolean {
  if (/^\s*WITH\b/i.test(sql)) return !/\b(?:INSERT|UPDATE|DELETE|MERGE)\b/i.test(sql);
  return /^\s*(?:SELECT|SHOW|SET|RESET|BEGIN|COMMIT|START|END|ROLLBACK|DISCARD|DEALLOCATE|CLOSE)\b/i.test(sql);
}
