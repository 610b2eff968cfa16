// From any tree to what it names beside columns: functions, types, and relations in constants.

import type { Node, TypeCast, TypeName } from '@pgsql/types';
import { noMentions, type Mentions } from '../../../model/dependencies/mentions.ts';
import { printName, type RelationName } from '../../../model/names.ts';
import { functionName } from './expressions.ts';
import { nameOfList, nameOfText } from './names.ts';

/** Dependencies are of what is written, before anything of it is folded away. */
export function mentionsIn(value: unknown): Mentions {
  const found = new Found();
  found.visit(value);
  return found.mentions;
}

class Found {
  readonly #functions = new Map<string, Mentions['functions'][number]>();
  readonly #types = new Map<string, RelationName>();
  readonly #constants = new Map<string, RelationName>();

  get mentions(): Mentions {
    const [functions, types, constants] = [[...this.#functions.values()], [...this.#types.values()], [...this.#constants.values()]];
    const isNothing = functions.length + types.length + constants.length === 0;
    return isNothing ? noMentions : { functions, types, constants, operatorClasses: [] };
  }

  visit(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.visit(item);
    else if (typeof value === 'object' && value !== null) this.#node(value as Node);
  }

  #node(node: Node): void {
    if ('FuncCall' in node) {
      const { funcname, args = [] } = node.FuncCall;
      const name = functionName(funcname);
      this.#functions.set(`${printName(name)} ${args.length}`, { name, argumentCount: args.length });
      if (sequenceFunctions.has(name.name)) this.#constant(args[0]);
    }
    if ('TypeCast' in node) this.#cast(node.TypeCast);
    if ('ColumnDef' in node) this.#type(node.ColumnDef.typeName);
    for (const part of Object.values(node)) this.visit(part);
  }

  #cast({ typeName, arg }: TypeCast): void {
    this.#type(typeName);
    if (nameOfList(typeName?.names).name === 'regclass') this.#constant(arg);
  }

  #type(type: TypeName | undefined): void {
    const { schema, name } = nameOfList(type?.names);
    if (name !== '' && schema !== 'pg_catalog') this.#types.set(printName({ schema, name }), { schema, name });
  }

  /** A string that PostgreSQL looks up when it reads it. */
  #constant(value: Node | undefined): void {
    const text = value && 'A_Const' in value ? value.A_Const.sval?.sval : undefined;
    const name = text === undefined ? undefined : nameOfText(text);
    if (name === undefined) return;
    this.#constants.set(printName(name), name);
  }
}

const sequenceFunctions: ReadonlySet<string> = new Set(['nextval', 'currval', 'setval']);
