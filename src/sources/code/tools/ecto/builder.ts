// The calls of a migration that change the schema: what each of them sends, or what undoes it.

import type { Method } from '../../tree/handles.ts';
import { noOptions, Options } from '../../tree/options.ts';
import type { Scene } from '../../tree/scene.ts';
import { nothing, plainText, unknown, type Call, type Value } from '../../tree/value.ts';
import { reversed, sqlOf, type Command } from './commands.ts';
import type { Subcommand } from './columns.ts';
import { formerIn, optionsIn } from './known.ts';
import { formerOf, kindOf, objectOf, type IsText, type Kind, type Table } from './objects.ts';

/** What is said in the block of `create` or `alter`. */
interface Block {
  readonly subcommands: Subcommand[];
  /** Of branches, where it begins. */
  readonly depth: number;
  /** Something was said that is not understood, or that only a run knows. */
  isUnclear: boolean;
}

export class Builder {
  readonly #isReversed: boolean;
  readonly #isText: IsText;
  #block: Block | undefined;

  /** `isReversed`: what is called is undone. */
  constructor(isReversed: boolean, isText: IsText) {
    this.#isReversed = isReversed;
    this.#isText = isText;
  }

  get methods(): Readonly<Record<string, Method>> {
    const made = (path: string): Method => (call): Value => ({ kind: 'made', path, call, of: undefined });
    const says = (action: Subcommand['action']): Method => (call, scene) => this.#say(action, call, scene);
    return {
      ...Object.fromEntries(['table', 'index', 'unique_index', 'constraint', 'references', 'fragment'].map((name) => [name, made(name)])),
      ...Object.fromEntries(actions.map((action) => [action, says(action)])),
      create: (call, scene) => this.#tell('create', call, scene, this.#creation(call, scene, false)),
      create_if_not_exists: (call, scene) => this.#tell('create_if_not_exists', call, scene, this.#creation(call, scene, true)),
      drop: (call, scene) => this.#tell('drop', call, scene, this.#removal(call, false)),
      drop_if_exists: (call, scene) => this.#tell('drop_if_exists', call, scene, this.#removal(call, true)),
      alter: (call, scene) => this.#tell('alter', call, scene, this.#alteration(call, scene)),
      rename: (call, scene) => this.#tell('rename', call, scene, this.#renaming(call)),
      timestamps: (call, scene) => this.#timestamps(call, scene),
    };
  }

  #tell(name: string, call: Call, scene: Scene, command: Command | undefined): Value {
    scene.together(() => {
      const meant = command && this.#isReversed ? reversed(command) : command;
      const texts = meant && sqlOf(meant);
      if (command && meant === undefined) irreversible(name, call, scene);
      else if (texts === undefined) scene.gap(`some arguments of ${name}() can't be read here`, call.place);
      else for (const text of texts) scene.send([{ text, place: call.step }], call.place);
    });
    return call.args[0] ?? nothing;
  }

  #creation(call: Call, scene: Scene, isCareful: boolean): Command | undefined {
    const object = objectOf(call.args[0], this.#isText);
    if (object?.kind !== 'table') return object && { kind: 'create', object, isCareful };
    const block = call.args[1] === undefined ? [] : this.#inBlock(call, scene);
    return block && { kind: 'create', object, isCareful, columns: [...keyOf(object), ...block] };
  }

  #removal(call: Call, isCareful: boolean): Command | undefined {
    const [object, options] = [objectOf(call.args[0], this.#isText), optionsIn(call, 1)];
    return object && options && { kind: 'drop', object, isCareful, cascades: options.take('mode') === 'cascade' };
  }

  #alteration(call: Call, scene: Scene): Command | undefined {
    const object = objectOf(call.args[0], this.#isText);
    const changes = this.#inBlock(call, scene);
    return object?.kind === 'table' && changes ? { kind: 'alter', object, changes } : undefined;
  }

  #renaming({ args, named }: Call): Command | undefined {
    const object = objectOf(args[0], this.#isText);
    const next = named.get('to');
    const [column, to] = [plainText(args[1]), plainText(next)];
    if (object?.kind === 'index') return to === undefined ? undefined : { kind: 'rename-index', object, to };
    if (object?.kind !== 'table') return undefined;
    if (args.length > 1) return column === undefined || to === undefined ? undefined : { kind: 'rename-column', object, column, to };
    const table = objectOf(next, this.#isText);
    return table?.kind === 'table' ? { kind: 'rename', object, to: table } : undefined;
  }

  /** Undefined where something in it is not understood. */
  #inBlock({ args, run }: Call, scene: Scene): readonly Subcommand[] | undefined {
    const work = args.at(-1);
    if (work?.kind !== 'function') return undefined;
    const block: Block = { subcommands: [], depth: scene.depth, isUnclear: false };
    this.#block = block;
    run?.(work);
    this.#block = undefined;
    return block.isUnclear ? undefined : block.subcommands;
  }

  /** Nobody but a block can be told so. */
  #say(action: Subcommand['action'], call: Call, scene: Scene): Value | undefined {
    const column = plainText(call.args[0]);
    const [kind, options] = [kindOf(call.args[1]), optionsIn(call, 2)];
    const former = formerIn(call, 2);
    const isKnown = column !== undefined && (kind !== undefined || call.args.length < 2) && options !== undefined && call.isWhole;
    return this.#keep(scene, isKnown ? [{ action, column, kind, options, from: former && formerOf(former) }] : undefined);
  }

  #timestamps(call: Call, scene: Scene): Value | undefined {
    const options = optionsIn(call, 0)?.withDefaults({ null: false, type: 'naive_datetime', inserted_at: 'inserted_at', updated_at: 'updated_at' });
    const type = options?.take('type');
    const own = options?.without('type', 'inserted_at', 'updated_at');
    const columns = [options?.take('inserted_at'), options?.take('updated_at')].filter((name) => name !== false);
    return this.#keep(scene, type === undefined || own === undefined ? undefined : columns.map((name) => added(String(name), type, own)));
  }

  #keep({ depth }: Scene, subcommands: readonly Subcommand[] | undefined): Value | undefined {
    if (this.#block === undefined) return undefined;
    if (subcommands === undefined || depth !== this.#block.depth) this.#block.isUnclear = true;
    else this.#block.subcommands.push(...subcommands);
    return unknown;
  }
}

const actions: readonly Subcommand['action'][] = ['add', 'add_if_not_exists', 'modify', 'remove', 'remove_if_exists'];

export function irreversible(name: string, { place }: Call, scene: Scene): void {
  scene.gap(`Ecto can't reverse this ${name}()`, place);
}

function added(column: string, kind: Kind, options: Options): Subcommand {
  return { action: 'add', column, kind, options, from: undefined };
}

/** `primary_key: [name: :uuid, type: :uuid]`. */
function keyOf({ primaryKey }: Table): readonly Subcommand[] {
  if (primaryKey === false) return [];
  const options = (primaryKey === true ? noOptions : new Options(primaryKey)).with({ primary_key: true });
  return [added(String(options.take('name') ?? 'id'), options.take('type') ?? 'bigserial', options.without('name', 'type'))];
}
