// Names as the parse tree has them, in the model's words.

import type { Node, RangeVar } from '@pgsql/types';
import type { RelationName } from '../../../model/names.ts';

export function relationName(range: RangeVar | undefined): RelationName {
  return { schema: range?.schemaname, name: range?.relname ?? '' };
}

export function stringOf(node: Node | undefined): string {
  return node !== undefined && 'String' in node ? (node.String.sval ?? '') : '';
}

export function strings(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).map(stringOf);
}

/** `schema.name` or `name` from a list of its parts; a database before them says nothing. */
export function nameOfParts(parts: readonly string[]): RelationName {
  return { schema: parts.at(-2), name: parts.at(-1) ?? '' };
}

/** `app."Orders"` as a name; undefined for what is none. Source: stringToQualifiedNameList() in src/backend/utils/adt/regproc.c. */
export function nameOfText(text: string): RelationName | undefined {
  if (!QUALIFIED.test(text)) return undefined;
  return nameOfParts(Array.from(text.matchAll(PART), ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.toLowerCase()));
}

const PART = /"((?:[^"]|"")+)"|([^\s".]+)/g;

const QUALIFIED = /^(?:"(?:[^"]|"")+"|[^\s".]+)(?:\.(?:"(?:[^"]|"")+"|[^\s".]+))?$/;

export function nameOfList(nodes: readonly Node[] | undefined): RelationName {
  return nameOfParts(strings(nodes));
}

/** The parts of an object's name, whichever way the grammar holds it. */
export function partsOf(node: Node | undefined): string[] {
  if (node === undefined) return [];
  if ('List' in node) return strings(node.List.items);
  if ('TypeName' in node) return strings(node.TypeName.names);
  if ('ObjectWithArgs' in node) return strings(node.ObjectWithArgs.objname);
  if ('RangeVar' in node) return [node.RangeVar.schemaname, node.RangeVar.relname].filter((part) => part !== undefined);
  return [stringOf(node)];
}

export function objectName(node: Node | undefined): RelationName {
  return nameOfParts(partsOf(node));
}

export function rangeVar(node: Node): RangeVar[] {
  return 'RangeVar' in node ? [node.RangeVar] : [];
}
