// What keeps pull requests, as far as a comment needs it: GitHub or GitLab.

export interface Comment {
  readonly id: number;
  readonly body: string;
}

/** The conversation of one pull or merge request. What a call can't do, it throws as a `Refusal`. */
export interface Forge {
  /** The most characters of a comment. */
  readonly room: number;
  /** The commit that was pushed; empty where nothing says so. */
  readonly head: string;
  /** The comments that begin so and are by whom the token stands for, the oldest first. */
  readonly own: (beginning: string) => Promise<readonly Comment[]>;
  readonly create: (body: string) => Promise<void>;
  readonly update: (id: number, body: string) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Which says whose comment it is. */
export function firstLineOf(body: string): string {
  return /^[^\r\n]*/.exec(body)?.[0] ?? '';
}
