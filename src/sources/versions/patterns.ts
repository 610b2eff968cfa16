// How the languages of configuration name a version of PostgreSQL. Each pattern has it in the group `tag`, several in `list`, or a
// variable in `name`, with what it belongs to in `scope` and what stands for want of it in `fallback`. All of them take time in
// proportion to a text, whatever it says: the files are other people's.

import type { Language } from './languages.ts';

/** `15`, `'15.4'`, `v15`, and as the beginning of a tag. */
export const scalar = `["']?(?<tag>v?\\d{1,2}(?:\\.\\d{1,3})*)(?!\\d|\\.\\d)`;

/** `[14, '15']`, or items below each other. */
export const listed = `(?<list>\\[[^\\]]{0,300}\\]|(?:\\n[ \\t]*-[ \\t]*["']?v?\\d{1,2}(?:\\.\\d{1,3})*["']?[ \\t]*(?=\\n|$)){1,20})`;

/** `${PG:-15}`, `$PG`, `${{ matrix.pg }}`, `$(pg)`, `<<pipeline.parameters.pg>>`, `var.pg`. */
const variable =
  `(?:\\$\\{\\{?|\\$\\(|\\$|<<)[ \\t]*(?<scope>(?:[\\w-]{1,40}\\.){0,3})(?<name>[A-Za-z_]\\w{0,60}(?:-[A-Za-z]\\w{0,40}){0,3})(?::?[-=](?<fallback>\\d[\\w.-]{0,40}))?`;

const beforeImage = `(?<=^|[\\s"'\`=/(,[{>]|:-)(?<!charts?/)`;
const postgres = `(?:postgres(?:ql)?(?:-(?:repmgr|flex|ha|ssl|gis))?|percona-distribution-postgresql|pgautoupgrade|postgis)`;
const withExtensions = `(?:pgvector|timescaledb(?:-ha)?|citus|paradedb|age|pgvecto-rs|vchord-postgres|vchord-suite|postgres-with-\\w{1,20})`;

/** Patterns are looked for where the text has one of their words: most texts have few, and to make a pattern ready takes longest. */
interface ImagePattern {
  readonly words: RegExp;
  readonly patterns: () => readonly RegExp[];
}

const imagePatterns: readonly ImagePattern[] = [
  {
    // postgres:16-alpine, postgis/postgis:15-3.4, supabase/postgres:15.1.0.147, cimg/postgres:15.3, ghcr.io/cloudnative-pg/postgresql:16
    words: /postg(?:res|is)|pgauto/,
    patterns: once(() => [
      pattern(`${postgres}:(?<=${beforeImage}${postgres}:)(?:(?<tag>v?\\d{1,2}(?:\\.\\d{1,3})*)(?!\\d|\\.\\d|@(?!sha256)|/)|${variable})`),
    ]),
  },
  {
    // pgvector/pgvector:0.8.0-pg16, timescale/timescaledb-ha:pg15.3-ts2.9, citusdata/citus:12.1-pg16, apache/age:release_PG15_1.5.0
    words: /pgvect|timescaledb|citus|paradedb|\bage:|vchord|postgres-with/,
    patterns: once(() => [
      pattern(
        `${beforeImage}${withExtensions}:(?:[\\w.-]{0,40}?[-_])?(?:(?:pg|postgres_)-?(?<tag>\\d{1,2}(?:\\.\\d{1,3})*)(?!\\d)|pg${variable})`,
        'gim',
      ),
    ]),
  },
  { words: /spilo-/, patterns: () => [/\/spilo-(?<tag>\d{2}):/g] },
  {
    // sclorg's postgresql-15-c9s, Crunchy's crunchy-postgres:ubi8-15.4-0
    words: /\/postgresql-\d|crunchy-postgres/,
    patterns: once(() => [
      /(?:\/|\b)(?:rhel\d{1,2}|sclorg|centos7?|ubi\d{1,2})\/postgresql-(?<tag>\d{2})(?!\d)/g,
      /\/crunchy-postgres(?:-ha|-gis)?:[a-z]{1,10}\d{0,2}-(?<tag>\d{1,2}(?:\.\d{1,3})*)/g,
    ]),
  },
  {
    // Testcontainers' URLs, and Atlas' databases for development
    words: /jdbc:tc:|docker:\/\//,
    patterns: once(() => [
      /\bjdbc:tc:(?:postgresql|postgis|pgvector|timescaledb):(?<tag>\d{1,2}(?:\.\d{1,3})*)(?!\d)/g,
      /\bdocker:\/\/(?:postgres|postgis|pgvector)\/(?:pg)?(?<tag>\d{1,2}(?:\.\d{1,3})*)(?!\d)/g,
    ]),
  },
];

function images(text: string): readonly RegExp[] {
  return imagePatterns.filter(({ words }) => words.test(text)).flatMap(({ patterns }) => patterns());
}

/** POSTGRES_VERSION=16, postgres-version: ['15', '16'], postgresMajorVersion: "15", pg_version = "15", PG_MAJOR: 15 */
const variables: readonly RegExp[] = ((key: string) => [pattern(`${key}(?:${scalar}|${listed}|["']?${variable})`, 'gi')])(
  `(?<![A-Za-z0-9])(?:postgres(?:ql)?|pg)[-_ ]?(?:major|server|engine|image|docker|db|database)?[-_ ]?(?:versions?|tag|major)["']?[ \\t]*[:=][ \\t]*`,
);

/** In CI, a key alone is an entry of a matrix, or Travis' add-on: `postgres: [14, 15]`, `postgresql: "15"` */
const matrix: readonly RegExp[] = [
  pattern(`(?<=^|[\\s{,])["']?(?:postgres(?:ql)?|pg)["']?:[ \\t]*(?:${listed}|${scalar}["']?(?=[ \\t]*(?:$|[,}])))`, 'gim'),
];

/** Helm's values: `repository: bitnami/postgresql` beside `tag: 15.3.0`, or the tag of a chart that is called postgresql. */
const helmPatterns = once(() => [
  pattern(`\\brepository:[ \\t]*["']?(?:[\\w.:-]{1,60}/){0,4}${postgres}["']?[ \\t]*\\n(?:[^\\n]{0,200}\\n){0,3}?[ \\t]*tag:[ \\t]*${scalar}`),
  pattern(`\\btag:[ \\t]*${scalar}[^\\n]{0,60}\\n(?:[^\\n]{0,200}\\n){0,3}?[ \\t]*repository:[ \\t]*["']?(?:[\\w.:-]{1,60}/){0,4}${postgres}["']?[ \\t]*$`),
  pattern(`^([ ]*)postgresql(?:-ha)?:[ \\t]*\\n(?:\\1[ ][^\\n]*\\n|\\n){0,20}?\\1[ ]{1,8}image:[ \\t]*\\n(?:\\1[ ][^\\n]*\\n){0,4}?\\1[ ]{1,16}tag:[ \\t]*${scalar}`),
]);

function helm(text: string): readonly RegExp[] {
  return /\btag:/.test(text) ? helmPatterns() : [];
}

/** Zalando's and StackGres' operators. */
function operators(text: string): readonly RegExp[] {
  return /acid\.zalan\.do|stackgres\.io/.test(text) ? operatorPatterns() : [];
}

const operatorPatterns = once(() => [
  pattern(`(?:acid\\.zalan\\.do|stackgres\\.io)/[\\s\\S]{0,3000}?\\bpostgres(?:ql)?:[ \\t]*\\n(?:[^\\n]{0,200}\\n){0,3}?[ \\t]*version:[ \\t]*${scalar}`),
]);

/** `database_version = "POSTGRES_15"` of Google, in any language. */
function google(text: string): readonly RegExp[] {
  return text.includes('POSTGRES_') ? googlePatterns : [];
}

const googlePatterns: readonly RegExp[] = [/\bdatabase_?version["']?\s{0,30}[:=]\s{0,3}["']?POSTGRES_(?<tag>\d{1,2}(?:_\d)?)(?!\d)/gi];

/** `engine_version` of Amazon, in a text that speaks of PostgreSQL as an engine, and of no other one. */
function engineVersions(text: string): readonly RegExp[] {
  const engines = new Set(Array.from(text.matchAll(/\bengine["']?\s{0,30}[:=]\s{0,3}["']?(?:aurora-)?([a-z]{1,20})/gi), ([, engine = '']) => engine.toLowerCase()));
  const isPostgres = engines.size > 0 && [...engines].every((engine) => /^postgres(?:ql)?$/.test(engine));
  return isPostgres ? [pattern(`\\bengine_?version["']?\\s{0,30}[:=]\\s{0,3}(?:${scalar}|(?:var|local)\\.(?<name>\\w{1,60}))`, 'gi')] : [];
}

/** Constants of the CDK, SST's `engine: "postgresql13.9"`, Azure's templates. */
function programs(text: string): readonly RegExp[] {
  return /EngineVersion|engine:|DBforPostgreSQL/.test(text) ? programPatterns : [];
}

const programPatterns: readonly RegExp[] = [
  /\bPostgresEngineVersion\.VER_(?<tag>\d{1,2}(?:_\d{1,2})?)(?!\d)/gi,
  /\bengine:\s{0,3}["']postgresql(?<tag>\d{2}(?:\.\d{1,2})?)["']/g,
  /\bDBforPostgreSQL\/(?:flexibleS|s)ervers(?:@[\w-]{1,40})?['"][\s\S]{0,3000}?\bversion['"]?\s{0,3}:\s{0,3}['"](?<tag>\d{1,2})['"]/g,
];

/** Of a block of Terraform. */
function terraform(block: string): readonly RegExp[] {
  const isAzure = /^resource[ \t]+"azurerm_postgresql_/m.test(block);
  const isOcean = /^resource[ \t]+"digitalocean_database_/m.test(block) && /\bengine\s*=\s*"pg"/.test(block);
  const isEngine = /^data[ \t]+"aws_rds_engine_version"/m.test(block) && /\bengine\s*=\s*"(?:aurora-)?postgres/.test(block);
  return [
    ...engineVersions(block),
    ...(isAzure || isOcean || isEngine ? [pattern(`\\bversion\\s{0,30}=\\s{0,3}(?:${scalar}|(?:var|local)\\.(?<name>\\w{1,60}))`)] : []),
    /\bfamily\s{0,30}=\s{0,3}"(?:aurora-)?postgres(?:ql)?(?<tag>\d{1,2}(?:\.\d{1,2})?)"/g,
    pattern(`^variable[ \\t]+"(?:\\w{0,40}_)?(?:postgres(?:ql)?|pg)_(?:\\w{0,20}_)?version"[ \\t]*\\{[^}]{0,500}?\\bdefault[ \\t]*=[ \\t]*${scalar}`),
  ];
}

const tools: readonly RegExp[] = [
  pattern(`^[ \\t]*["']?(?:\\w{1,20}:)?postgres(?:ql)?["']?(?:[ \\t]+|[ \\t]*=[ \\t]*(?:\\{[^}\\n]{0,80}\\bversion[ \\t]*=[ \\t]*)?)${scalar}`),
];

const byLanguage: Readonly<Record<Language, (section: string) => readonly RegExp[]>> = {
  services: (text) => [...images(text), ...variables, ...helm(text), ...operators(text), ...google(text), ...engineVersions(text)],
  ci: (text) => [...images(text), ...variables, ...matrix],
  container: (text) => [...images(text), ...variables],
  hcl: (text) => [...images(text), ...variables, ...google(text), ...terraform(text)],
  code: (text) => [...images(text), ...programs(text), ...google(text), ...engineVersions(text)],
  tools: () => tools,
  supabase: () => [pattern(`^[ \\t]*major_version[ \\t]*=[ \\t]*${scalar}`)],
  nix: () => [/(?<!\w)postgresql_(?<tag>\d{2})(?!\d)/g],
  devbox: () => [/"postgresql(?:@|_|"\s{0,3}:\s{0,3}")(?<tag>\d{1,2}(?:\.\d{1,3})?)(?!\d)/g],
  heroku: () => [/"heroku-postgresql[^"]{0,60}"\s{0,9},\s{0,99}"options"\s{0,9}:\s{0,9}\{[^{}]{0,300}?"version"\s{0,9}:\s{0,9}"?(?<tag>\d{1,2})/g],
  application: images,
  environment: () => [],
  dump: () => [/^-- Dumped from database version (?<tag>\d{1,2}(?:\.\d{1,3})*)(?!\d)/gm],
};

/** `section`: what stands together. Two blocks of Terraform, or two documents of YAML, may speak of two engines. */
export function patternsFor(language: Language, section: string): readonly RegExp[] {
  return byLanguage[language](section);
}

/** Made when it is asked for, and once. */
function once(make: () => readonly RegExp[]): () => readonly RegExp[] {
  let made: readonly RegExp[] | undefined;
  return () => (made ??= make());
}

function pattern(source: string, flags = 'gm'): RegExp {
  return new RegExp(source, flags);
}
