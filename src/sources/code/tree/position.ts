// Where code is followed.

import type { Scene } from './scene.ts';
import type { Scope } from './scope.ts';
import type { Call, Handle, Made, Value } from './value.ts';

export interface Position {
  readonly scope: Scope;
  readonly scene: Scene;
  /** The code. */
  readonly text: string;
  readonly world: World;
}

/** What stands around the code: its language, and what its tool and others bring into it. */
export interface World {
  /** What something is that was imported; undefined: nobody knows more than its path. */
  readonly imported: (path: string) => Value | undefined;
  /**
   * What a call of something that was imported gives, and of a method of what such a call gave; undefined: nobody knows more than its path.
   * `sqlalchemy.Enum().create` is a method of what `sqlalchemy.Enum` made.
   */
  readonly called: (path: string, call: Call, scene: Scene, of: Made | undefined) => Value | undefined;
  /** What a call of something else that was imported may send. */
  readonly reach: (path: string) => 'nothing' | 'anything';
  /** Whose methods are called without saying so, and what names are worth that nobody has declared. */
  readonly self?: Handle;
  /** A function that the language brings itself; undefined: it has no such one. */
  readonly builtIn: (name: string, call: Call) => Value | undefined;
  /** As the language writes it into a text. */
  readonly shown: (constant: number | boolean | null) => string;
}
