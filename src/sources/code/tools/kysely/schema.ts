// Kysely's schema builder.
// Source: src/schema/*.ts and src/query-compiler/default-query-compiler.ts of its source, 0.28.

import type { Scene } from '../../script/scene.ts';
import { plainText, unknown, type Call, type Handle, type Value } from '../../script/value.ts';
import { builderOf, type Told } from './builder.ts';
import { statementOf, type Statement } from './statements.ts';
import { tableStatement } from './table-statement.ts';

/** `isRenaming`: a plugin, or a schema, changes the names in it. */
export function schemaOf(isRenaming: boolean): Handle {
  const own: Handle = {
    kind: 'handle',
    get: () => unknown,
    call: (name = '', call, scene) => (name.startsWith('with') ? schemaOf(true) : builder(name, call, scene, isRenaming)),
  };
  return own;
}

function builder(verb: string, { args, step }: Call, scene: Scene, isRenaming: boolean): Handle {
  const told: Told = { isClear: !isRenaming };
  const statement: Statement | undefined = tableStatement(verb, args[0], told) ?? statementOf(verb, args);
  const tell = (name: string, more: readonly Value[], within: Scene): true | undefined => statement?.tell(name, more, within);
  return builderOf(tell, told, scene, (_, within, { place }) => {
    const sql = told.isClear ? statement?.sql() : undefined;
    const name = plainText(args[0]);
    if (sql === undefined) within.gap(`some arguments of ${verb}(${name === undefined ? '' : `'${name}'`}) can't be read here`, place);
    else within.send([{ text: sql, place: step }], place);
  });
}
