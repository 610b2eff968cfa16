// How domains come to be, and how what they say of their values changes.

import type { DomainConstraint, TypeInfoOf } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Constraint } from '../model/constraint.ts';
import { noNeeds } from '../model/dependencies/needs.ts';
import { NamedList } from '../model/named-list.ts';
import type { RelationName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { needsOfMentions } from './dependencies/resolve.ts';
import { isStoredDefault, needsOfValue, storedType } from './stored-column.ts';
import { putKnown, putType } from './apply-type.ts';
import { domainConstraintName } from './constraint-names.ts';

type Domain = TypeInfoOf<'domain'>;

/** The default of the domain below is copied, unless there is one, be it NULL; its constraints go on to be those of both. */
export function createDomain(catalog: Catalog, { domain, base, constraints, default: value }: ChangeOf<'create-domain'>, version: PostgresVersion): Catalog {
  const below = base.isArray ? undefined : catalog.type(base.name);
  const isOver = below?.kind === 'domain';
  const stored = isOver || isStoredDefault(value, base, catalog) ? value : undefined;
  const made: Domain = {
    kind: 'domain',
    base: storedType(base, catalog),
    notNull: false,
    constraints: NamedList.empty(),
    default: isOver && value === undefined ? below.default : stored,
    defaultNeeds: isOver && value === undefined ? below.defaultNeeds : needsOfValue(stored, catalog),
  };
  return putType(catalog, domain, constraints.reduce((info, one) => constrained(info, one, domain, catalog, version), made));
}

export function addConstraint(catalog: Catalog, { domain, constraint }: ChangeOf<'add-domain-constraint'>, version: PostgresVersion): Catalog {
  return changeDomain(catalog, domain, (info) => constrained(info, constraint, domain, catalog, version));
}

export function dropConstraint(catalog: Catalog, { domain, constraint }: ChangeOf<'drop-domain-constraint'>): Catalog {
  const isDropped = ({ type, name }: DomainConstraint): boolean =>
    constraint.kind === 'not-null' ? type === 'not-null' : name === constraint.name;
  return changeDomain(catalog, domain, (info) => {
    const isReleased = constraint.kind === 'not-null' || info.constraints.get(constraint.name)?.type === 'not-null';
    return { ...info, notNull: info.notNull && !isReleased, constraints: info.constraints.filter((one) => !isDropped(one)) };
  });
}

export function renameConstraint(catalog: Catalog, { domain, constraint, to }: ChangeOf<'rename-domain-constraint'>): Catalog {
  return changeDomain(catalog, domain, (info) => ({
    ...info,
    constraints: info.constraints.changed((one) => (one.name === constraint ? { ...one, name: to } : one)),
  }));
}

export function setDefault(catalog: Catalog, { domain, default: value }: ChangeOf<'set-domain-default'>): Catalog {
  return changeDomain(catalog, domain, (info) => {
    const stored = isStoredDefault(value, info.base, catalog) ? value : undefined;
    return { ...info, default: stored, defaultNeeds: needsOfValue(stored, catalog) };
  });
}

function changeDomain(catalog: Catalog, domain: RelationName, change: (info: Domain) => Domain): Catalog {
  const info = catalog.type(domain);
  return info?.kind === 'domain' ? putKnown(catalog, domain, change(info)) : catalog;
}

/** From 17 on, NOT NULL is a constraint that has a name. Source: domainAddNotNullConstraint() in src/backend/commands/typecmds.c. */
function constrained(info: Domain, constraint: Constraint, domain: RelationName, catalog: Catalog, version: PostgresVersion): Domain {
  const { constraints } = info;
  const { type, name: given } = constraint;
  if (type === 'not-null' && (info.notNull || version < 17)) return { ...info, notNull: true };
  const kind = type === 'not-null' ? type : 'check';
  const name = given ?? domainConstraintName(kind, domain.name, constraints);
  const refusesNull = type === 'not-null' || (constraint.type === 'check' && constraint.expression.provesNotNull.includes('value'));
  const needs = constraint.type === 'check' ? needsOfMentions(constraint.expression.mentions, catalog) : noNeeds;
  return { ...info, notNull: info.notNull || type === 'not-null', constraints: constraints.with({ type: kind, name, refusesNull, needs }) };
}
