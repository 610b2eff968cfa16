// Which of Django's classes the fields of a project or of a library are as good as: those that are made of them, and change nothing of their
// columns.

import type { Directory } from '../../../../disk/directory.ts';
import { parsePython } from '../../../python/parse-python.ts';
import type { Expression, Statement } from '../../../tree/tree.ts';
import { djangoClass, type ResolveClass } from '../fields/field.ts';

/** Sources: django-countries 7.6, django-measurement 3.2, django-mptt 0.18, django-model-utils 5.0, django-phonenumber-field 8.5, django-taggit 6.1, django-timezone-field 7.2. */
const libraries: Readonly<Record<string, string>> = {
  'django_countries.fields.CountryField': 'CharField',
  'django_measurement.models.MeasurementField': 'FloatField',
  'model_utils.fields.AutoCreatedField': 'DateTimeField',
  'model_utils.fields.AutoLastModifiedField': 'DateTimeField',
  'model_utils.fields.MonitorField': 'DateTimeField',
  'model_utils.fields.StatusField': 'CharField',
  'mptt.fields.TreeForeignKey': 'ForeignKey',
  'mptt.fields.TreeOneToOneField': 'OneToOneField',
  'mptt.fields.TreeManyToManyField': 'ManyToManyField',
  'phonenumber_field.modelfields.PhoneNumberField': 'PhoneNumberField',
  'taggit.managers.TaggableManager': 'ManyToManyField',
  'timezone_field.fields.TimeZoneField': 'TimeZoneField',
};

/** Classes that are made of each other. */
const DEEPEST = 5;

/** `top`: of the project. What was found once is not looked for again. */
export function resolverIn(top: Directory): ResolveClass {
  const known = new Map<string, string | undefined>();
  const resolve = (path: string, depth = 0): string | undefined => {
    const own = djangoClass(path) ?? libraries[path];
    if (own !== undefined || depth > DEEPEST) return own;
    if (!known.has(path)) known.set(path, classBelow(top, path, (base) => resolve(base, depth + 1)));
    return known.get(path);
  };
  return (path) => resolve(path);
}

type ClassStatement = Extract<Statement, { readonly kind: 'class' }>;

/** `shop.fields.MoneyField` stands in `shop/fields.py` or `shop/fields/__init__.py`. */
function classBelow(top: Directory, path: string, resolve: ResolveClass): string | undefined {
  const [name = '', module = '', ...folders] = path.split('.').toReversed();
  const folder = top.below(folders.toReversed().join('/'));
  const text = folder.text(`${module}.py`) ?? folder.below(module).text('__init__.py');
  if (text === undefined || module === '') return undefined;
  const { body } = parsePython(text);
  const imported = new Map(body.flatMap((statement) => (statement.kind === 'import' ? statement.names.map((one): [string, string] => [one.name, absolute(one.path, path)]) : [])));
  const elsewhere = imported.get(name);
  if (elsewhere !== undefined) return resolve(elsewhere);
  const found = body.find((statement): statement is ClassStatement => statement.kind === 'class' && statement.name === name);
  if (found === undefined || found.body.some(changesColumn) || !handsOn(text.slice(found.place.start))) return undefined;
  const bases = found.bases.flatMap((base) => resolve(pathOf(base, imported, path)) ?? []);
  return bases.length === 1 ? bases[0] : undefined;
}

/** `.fields.MoneyField`, as a module imports what lies beside it. */
function absolute(written: string, from: string): string {
  const dots = /^\.*/.exec(written)?.[0].length ?? 0;
  return dots === 0 ? written : [...from.split('.').slice(0, -1 - dots), written.slice(dots)].join('.');
}

function pathOf(base: Expression, imported: ReadonlyMap<string, string>, from: string): string {
  if (base.kind === 'name') return imported.get(base.name) ?? [...from.split('.').slice(0, -1), base.name].join('.');
  return base.kind === 'member' ? `${pathOf(base.object, imported, from)}.${base.name}` : '';
}

/** What a class says of its column in its own way. */
const columnNames = /^(?:db_type|db_type_parameters|db_parameters|db_check|db_type_suffix|rel_db_type|get_internal_type|get_attname|get_attname_column|contribute_to_class|column|empty_strings_allowed|null|unique|db_index)$/;

function changesColumn(statement: Statement): boolean {
  if (statement.kind === 'assignment') return statement.targets.some((target) => target.kind === 'name' && columnNames.test(target.name));
  return statement.kind === 'unreadable' || (statement.kind === 'function' && columnNames.test(statement.name));
}

/** `code`: from the class on. What its constructor is given goes on as it is: `super().__init__(*args, **kwargs)`. */
function handsOn(code: string): boolean {
  const own = /^class\b.*\n(?:[ \t].*\n|[ \t]*\n|#.*\n|\).*\n)*/.exec(`${code}\n`)?.[0] ?? '';
  const [, , body] = /^([ \t]+)def __init__\b[^]*?\)[^\n)]*:\s*\n((?:\1[ \t]+.*\n|[ \t]*\n)*)/m.exec(own) ?? [];
  if (body === undefined) return !/\bdef __init__\b/.test(own);
  const others = body.replace(/super\([\w\s,]*\)\.__init__\(\*args,\s*\*\*kwargs\)/, '');
  return others !== body && !/\bkwargs\b|\bargs\b|\bself\.(?:null|unique|db_index|max_length|column)\b/.test(others);
}
