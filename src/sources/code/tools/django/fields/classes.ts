// Django's classes of fields, and some that libraries make of them, and the types of their columns in PostgreSQL.
// Source: data_types in django/db/backends/postgresql/base.py, django/db/models/fields/ and django/contrib/postgres/ of Django 5.2.

export interface FieldClass {
  /** Of the column; `N` stands for the length, and `P, S` for precision and scale. Undefined: it has none, or the model says which. */
  readonly type: string | undefined;
  /** What is converted into another of these is not cast. */
  readonly internal?: string;
  /** The length where nothing is said of it. */
  readonly length?: number;
  /** How Python writes a value of it. */
  readonly values: 'text' | 'integer' | 'decimal' | 'float' | 'boolean' | 'uuid' | 'json' | 'bytes' | 'other';
  /** Where nothing is to be entered, an empty text is meant. */
  readonly hasEmptyText?: boolean;
  readonly isIndexed?: boolean;
  readonly isUnique?: boolean;
  readonly counts?: boolean;
  /** No value is below zero. */
  readonly isPositive?: boolean;
}

const text = { values: 'text', hasEmptyText: true } as const;

const file = { type: 'varchar(N)', internal: 'FileField', length: 100, ...text } as const;

function integer(type: string, more: Partial<FieldClass> = {}): FieldClass {
  return { type, values: 'integer', ...more };
}

function other(type: string, more: Partial<FieldClass> = {}): FieldClass {
  return { type, values: 'other', ...more };
}

export const classes: Readonly<Record<string, FieldClass>> = {
  AutoField: integer('integer', { counts: true }),
  BigAutoField: integer('bigint', { counts: true }),
  SmallAutoField: integer('smallint', { counts: true }),
  IntegerField: integer('integer'),
  BigIntegerField: integer('bigint'),
  SmallIntegerField: integer('smallint'),
  PositiveIntegerField: integer('integer', { isPositive: true }),
  PositiveBigIntegerField: integer('bigint', { isPositive: true }),
  PositiveSmallIntegerField: integer('smallint', { isPositive: true }),
  BooleanField: { type: 'boolean', values: 'boolean' },
  NullBooleanField: { type: 'boolean', internal: 'BooleanField', values: 'boolean' },
  CharField: { type: 'varchar(N)', ...text },
  EmailField: { type: 'varchar(N)', internal: 'CharField', length: 254, ...text },
  URLField: { type: 'varchar(N)', internal: 'CharField', length: 200, ...text },
  PhoneNumberField: { type: 'varchar(N)', internal: 'CharField', length: 128, ...text },
  TimeZoneField: { type: 'varchar(N)', internal: 'CharField', length: 63, ...text },
  CommaSeparatedIntegerField: { type: 'varchar(N)', internal: 'CharField', ...text },
  SlugField: { type: 'varchar(N)', length: 50, isIndexed: true, ...text },
  FileField: file,
  ImageField: file,
  FilePathField: { type: 'varchar(N)', length: 100, ...text },
  TextField: { type: 'text', ...text },
  DecimalField: { type: 'numeric(P, S)', values: 'decimal' },
  FloatField: { type: 'double precision', values: 'float' },
  DateField: other('date'),
  DateTimeField: other('timestamp with time zone'),
  TimeField: other('time'),
  DurationField: other('interval'),
  UUIDField: { type: 'uuid', values: 'uuid' },
  JSONField: { type: 'jsonb', values: 'json' },
  BinaryField: { type: 'bytea', values: 'bytes', hasEmptyText: true },
  IPAddressField: other('inet'),
  GenericIPAddressField: other('inet'),
  ForeignKey: { type: undefined, values: 'other', isIndexed: true },
  OneToOneField: { type: undefined, values: 'other', isIndexed: true, isUnique: true },
  ManyToManyField: { type: undefined, values: 'other' },
  GeneratedField: { type: undefined, values: 'other' },
  ArrayField: { type: undefined, values: 'other' },
  HStoreField: other('hstore'),
  CITextField: { type: 'citext', internal: 'CITextField', ...text },
  CICharField: { type: 'citext', ...text, internal: 'CICharField' },
  CIEmailField: { type: 'citext', ...text, internal: 'CIEmailField', length: 254 },
  IntegerRangeField: other('int4range'),
  BigIntegerRangeField: other('int8range'),
  DecimalRangeField: other('numrange'),
  DateTimeRangeField: other('tstzrange'),
  DateRangeField: other('daterange'),
  SearchVectorField: { type: 'tsvector', ...text },
};
