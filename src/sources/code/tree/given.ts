// The arguments of a call, taken one by one, so that it is known which of them nobody has understood.

import { plainText, type Call, type Value } from './value.ts';

export class Given {
  readonly #call: Call;
  readonly #named: ReadonlyMap<string, Value>;
  readonly #left: Set<string>;

  /** `positions`: the names of the arguments that need none, in their order. */
  constructor(call: Call, positions: readonly string[]) {
    this.#call = call;
    this.#named = new Map([...call.args.slice(0, positions.length).map((value, index): [string, Value] => [positions[index] ?? '', value]), ...call.named]);
    this.#left = new Set(this.#named.keys());
    this.rest = call.args.slice(positions.length);
  }

  /** Those behind the ones with names. */
  readonly rest: readonly Value[];

  /** Nothing is left that was not taken. */
  get isUnderstood(): boolean {
    return this.#call.isWhole && this.#left.size === 0;
  }

  take(name: string): Value | undefined {
    this.#left.delete(name);
    return this.#named.get(name);
  }

  /** Without meaning for what is sent. */
  pass(...names: readonly string[]): void {
    for (const name of names) this.#left.delete(name);
  }

  /** A text; undefined where it is not said, or nothing. What is no text is left. */
  text(name: string): string | undefined {
    const value = this.#named.get(name);
    const text = plainText(value);
    if (text !== undefined || isNothing(value)) this.#left.delete(name);
    return text;
  }

  /** What is neither true nor false is left. */
  flag(name: string): boolean | undefined {
    const value = this.#named.get(name);
    if (value?.kind !== 'constant') return undefined;
    this.#left.delete(name);
    return value.value === null ? undefined : Boolean(value.value);
  }

  /** Of texts; anything else is left. */
  texts(name: string): readonly string[] | undefined {
    const texts = textsOf(this.#named.get(name));
    if (texts) this.#left.delete(name);
    return texts;
  }
}

export function isNothing(value: Value | undefined): boolean {
  return value?.kind === 'constant' && value.value === null;
}

export function textsOf(value: Value | undefined): readonly string[] | undefined {
  if (value?.kind !== 'list') return undefined;
  const texts = value.items.map(plainText);
  return texts.some((text) => text === undefined) ? undefined : texts.map((text) => text ?? '');
}
