// What an operation does to what Django knows of models, and to the database.

import type { Apps } from '../models/apps.ts';
import type { Models } from '../models/model.ts';
import type { SchemaEditor } from '../schema-editor/editor.ts';

export interface Operation {
  /** Throws where it can't be read what becomes of the models. */
  readonly state: (apps: Apps) => Models;
  /** On the way up, `from` is what was before it; on the way down, what was behind it. Throws where something can't be read. */
  readonly forwards: (from: Apps, to: Apps, editor: SchemaEditor) => void;
  readonly backwards: (from: Apps, to: Apps, editor: SchemaEditor) => void;
}

/** Nothing is sent. */
export function onlyState(state: Operation['state']): Operation {
  return { state, forwards: () => undefined, backwards: () => undefined };
}

/** What it does is the same on both ways. */
export function bothWays(state: Operation['state'], forwards: Operation['forwards']): Operation {
  return { state, forwards, backwards: forwards };
}
