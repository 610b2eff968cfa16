// Functions that Python brings itself, as far as their results say something of SQL.
// Source: docs.python.org/3/library/functions.html.

import { nothing, plainText, unknown, type Call, type Value } from '../tree/value.ts';

/** Undefined for a name that it has not. */
export function builtIn(name: string, call: Call): Value | undefined {
  const [first = unknown] = call.args;
  switch (name) {
    case 'str':
      return first.kind === 'text' ? first : unknown;
    case 'list':
    case 'tuple':
    case 'sorted':
    case 'set':
      return call.args.length === 0 && call.isWhole ? { kind: 'list', items: [] } : first.kind === 'list' ? first : unknown;
    case 'reversed':
      return first.kind === 'list' ? { kind: 'list', items: first.items.toReversed() } : unknown;
    case 'dict':
      return call.args.length === 0 && call.isWhole ? { kind: 'record', entries: call.named, isWhole: true } : unknown;
    case 'enumerate':
      return first.kind === 'list' ? { kind: 'list', items: first.items.map((item, index): Value => ({ kind: 'list', items: [{ kind: 'constant', value: index }, item] })) } : unknown;
    case 'range':
      return rangeOf(call.args);
    case 'len':
      return first.kind === 'list' ? { kind: 'constant', value: first.items.length } : unknown;
    case 'print':
      return nothing;
    default:
      return harmless.has(name) ? unknown : undefined;
  }
}

const harmless: ReadonlySet<string> = new Set(['isinstance', 'hasattr', 'bool', 'int', 'float', 'min', 'max', 'sum', 'any', 'all', 'zip', 'open', 'repr', 'type', 'super', 'next', 'iter', 'id', 'ord', 'chr', 'hex', 'round', 'abs']);

/** As long as a loop that somebody would write so. */
const LONGEST = 500;

function rangeOf(args: readonly Value[]): Value {
  const numbers = args.map((one) => (one.kind === 'constant' && typeof one.value === 'number' ? one.value : Number.NaN));
  const [from, to, step] = numbers.length === 1 ? [0, numbers[0] ?? Number.NaN, 1] : [numbers[0] ?? Number.NaN, numbers[1] ?? Number.NaN, numbers[2] ?? 1];
  const count = Math.ceil((to - from) / step);
  if (!Number.isInteger(count) || count > LONGEST) return unknown;
  return { kind: 'list', items: Array.from({ length: Math.max(0, count) }, (_, index): Value => ({ kind: 'constant', value: from + index * step })) };
}

/** Of what a module brings that comes with Python, or that sends nothing to a database by itself. */
const harmlessModules =
  /^(?:os|sys|re|io|json|csv|uuid|time|datetime|zoneinfo|logging|pathlib|typing|textwrap|string|hashlib|decimal|enum|functools|itertools|collections|random|secrets|math|base64|contextlib|warnings|inspect|importlib|copy|dataclasses|abc|operator|pprint|glob|traceback|platform|shutil|unicodedata|sqlalchemy|sqlmodel|geoalchemy2|pgvector|sqlalchemy_utils|fastapi_users_db_sqlalchemy|citext|dateutil|pytz|tqdm|loguru|structlog|sqlalchemy_json|pydantic)(?:\.|$)/;

export function isHarmless(path: string): boolean {
  return harmlessModules.test(path);
}

/** `textwrap.dedent` and its like leave SQL what it was. */
export function unchangedBy(path: string, { args: [first] }: Call): Value | undefined {
  return /^(?:textwrap\.dedent|inspect\.cleandoc)$/.test(path) && plainText(first) !== undefined ? first : undefined;
}
