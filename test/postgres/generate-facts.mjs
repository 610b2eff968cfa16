// Asks PostgreSQL 14–18 for the facts in src/postgres/*.generated.ts and writes them; with --check it only compares.
//
//   node test/postgres/generate-facts.mjs [--check]

import { readFile, writeFile } from 'node:fs/promises';
import pg from 'pg';
import { withServer } from './servers.mjs';

const versions = [14, 15, 16, 17, 18];
const folder = new URL('../../src/postgres/', import.meta.url);
const lineWidth = 130;

/**
 * What can be called by name. Left out are support functions, which take or return `internal`, `cstring`, a handler or a trigger.
 * Which argument counts an overload answers to is said in FuncnameGetCandidates() of src/backend/catalog/namespace.c: parameters
 * with a default may be left out, a VARIADIC one takes one argument or more.
 *
 * An overload is passed over where another one takes the preferred type of a category instead (timestamptz of dates and times):
 * PostgreSQL too prefers that one when it can't tell. One that is IMMUTABLE stays: date() of a timestamp may be in an index.
 */
const functionsQuery = `
  SELECT ${volatility('provolatile')} AS volatility,
         pronargs - pronargdefaults AS fewest,
         CASE provariadic WHEN 0 THEN pronargs ELSE current_setting('max_function_args')::int END AS most,
         proname AS member
  FROM pg_proc JOIN pg_type AS result ON result.oid = prorettype
  WHERE prokind <> 'p' AND pronamespace <> 'information_schema'::regnamespace
    AND result.typname !~ '^(internal|cstring|(event_)?trigger|.*_handler)$'
    AND NOT proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[]
    AND (provolatile = 'i' OR NOT EXISTS (
      SELECT FROM pg_proc AS other
      WHERE other.proname = pg_proc.proname AND other.pronargs = pg_proc.pronargs
        AND other.pronargdefaults = pg_proc.pronargdefaults AND other.provariadic = pg_proc.provariadic
        AND other.proargtypes <> pg_proc.proargtypes
        AND NOT EXISTS (
          SELECT FROM unnest(pg_proc.proargtypes::oid[], other.proargtypes::oid[]) AS parameter (own, others)
            JOIN pg_type AS own ON own.oid = parameter.own JOIN pg_type AS others ON others.oid = parameter.others
          WHERE own.oid <> others.oid
            AND NOT (others.typispreferred AND NOT own.typispreferred AND others.typcategory = own.typcategory))))`;

/** Every type but domains, which may carry constraints, and row types. */
const typesQuery = `
  SELECT typcategory AS category,
         ${volatility('greatest(input.provolatile, output.provolatile)')} AS volatility,
         typname AS member
  FROM pg_type JOIN pg_proc AS input ON input.oid = typinput JOIN pg_proc AS output ON output.oid = typoutput
  WHERE ${isPlain('pg_type')}
    AND NOT EXISTS (SELECT FROM pg_type AS element WHERE element.typarray = pg_type.oid AND NOT ${isPlain('element')})`;

/** Every cast between two of these types. Casts from a type to itself are left out: they only apply a length or a precision. */
const castsQuery = `
  SELECT CASE castmethod WHEN 'b' THEN 'binary' WHEN 'f' THEN 'function' ELSE 'inout' END AS method,
         CASE castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'assignment' ELSE 'explicit' END AS context,
         CASE castmethod WHEN 'b' THEN 'immutable' WHEN 'f' THEN ${volatility('castfunction.provolatile')}
           ELSE ${volatility('greatest(input.provolatile, output.provolatile)')} END AS volatility,
         source.typname || '>' || target.typname AS member
  FROM pg_cast
    JOIN pg_type AS source ON source.oid = castsource JOIN pg_proc AS output ON output.oid = source.typoutput
    JOIN pg_type AS target ON target.oid = casttarget JOIN pg_proc AS input ON input.oid = target.typinput
    LEFT JOIN pg_proc AS castfunction ON castfunction.oid = castfunc
  WHERE castsource <> casttarget AND ${isPlain('source')} AND ${isPlain('target')}`;

/** Which types have an operator class that an index takes where none is named: it is made on a column of each, to see. */
const indexesQuery = `
  DO $$
  DECLARE
    type record;
    method text;
  BEGIN
    CREATE TEMPORARY TABLE class_of_index (method text, input text, member text);
    FOR type IN SELECT typname, format_type(oid, NULL) AS spelling FROM pg_type WHERE ${isPlain('pg_type')} AND typtype <> 'p' LOOP
      BEGIN
        EXECUTE format('CREATE TEMPORARY TABLE indexed (value %s)', type.spelling);
      EXCEPTION WHEN OTHERS THEN
        CONTINUE;
      END;
      FOREACH method IN ARRAY ARRAY['brin', 'btree', 'gin', 'gist', 'hash', 'spgist'] LOOP
        BEGIN
          EXECUTE format('CREATE INDEX indexed_value ON indexed USING %s (value)', method);
          INSERT INTO class_of_index
          SELECT method, input.typname, type.typname
          FROM pg_index JOIN pg_opclass AS class ON class.oid = indclass[0] JOIN pg_type AS input ON input.oid = opcintype
          WHERE indexrelid = 'indexed_value'::regclass;
          DROP INDEX indexed_value;
        EXCEPTION WHEN undefined_object OR undefined_function OR feature_not_supported THEN
        END;
      END LOOP;
      DROP TABLE indexed;
    END LOOP;
  END $$`;

const classesQuery = 'SELECT method, input, member FROM class_of_index';

/** With what a value of such a class can be compared, as a foreign key needs it. Strategy 3 of btree is equality. */
const equalitiesQuery = `
  SELECT input.typname AS input, other.typname AS member
  FROM pg_opclass JOIN pg_am ON pg_am.oid = opcmethod AND amname = 'btree'
    JOIN pg_amop ON amopfamily = opcfamily AND amoplefttype = opcintype AND amopstrategy = 3
    JOIN pg_type AS input ON input.oid = opcintype JOIN pg_type AS other ON other.oid = amoprighttype
  WHERE opcdefault`;

/** Types whose names in SQL consist of several words, or just are others than those in pg_type. */
const spellingsQuery = `
  SELECT format_type(oid, NULL) AS spelling, typname AS type
  FROM pg_type
  WHERE ${isPlain('pg_type')} AND typname NOT LIKE '\\_%' AND format_type(oid, NULL) NOT IN (typname, quote_ident(typname))`;

/** The other words that may be names of types: keywords that can't be names of functions, because the grammar knows them. */
const keywordsQuery = `
  SELECT word FROM pg_get_keywords() WHERE catcode = 'C' AND word NOT IN (SELECT typname FROM pg_type)`;

/** The words of the grammar. */
const allKeywordsQuery = `
  SELECT CASE catcode WHEN 'U' THEN 'unreserved' WHEN 'C' THEN 'column-name' WHEN 'T' THEN 'type-or-function' ELSE 'reserved' END
           AS category,
         word AS member
  FROM pg_get_keywords()`;

function volatility(letter) {
  return `CASE ${letter} WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END`;
}

function isPlain(type) {
  return `(${type}.typtype NOT IN ('c', 'd') AND ${type}.typnamespace <> 'information_schema'::regnamespace)`;
}

const answers = await Promise.all(versions.map(async (version) => ({ version, ...(await withServer(version, ask)) })));

const files = {
  'functions.generated.ts': `${heading('Functions that SQL can call')}
import type { FunctionFact } from './facts.ts';

${table('functionFacts', 'FunctionFact', factsOf('functions'))}`,

  'types.generated.ts': `${heading('Types and the casts between them')}
import type { CastFact, TypeFact } from './facts.ts';

${table('typeFacts', 'TypeFact', factsOf('types'))}
${table('castFacts', 'CastFact', factsOf('casts'))}
/** What SQL calls a type, and what pg_type calls it, where the two differ. */
export const typeSpellings: ReadonlyMap<string, string> = new Map([
${spellings()
  .map(([spelling, type]) => `  [${literal(spelling)}, ${literal(type)}],`)
  .join('\n')}
]);
`,

  'operator-classes.generated.ts': `${heading('Operator classes that an index takes where none is named')}
import type { EqualityFact, OperatorClassFact } from './facts.ts';

${table('operatorClassFacts', 'OperatorClassFact', factsOf('classes'))}
${table('equalityFacts', 'EqualityFact', factsOf('equalities'))}`,

  'keywords.generated.ts': `${heading('Keywords')}
import type { KeywordFact } from './facts.ts';

${table('keywordFacts', 'KeywordFact', factsOf('keywords'))}`,
};

for (const [name, wanted] of Object.entries(files)) {
  if (process.argv.includes('--check')) await compare(name, wanted);
  else await writeFile(new URL(name, folder), wanted);
}

/** Asks one server, after making all of its extensions: `{ functions, types, casts, keywords, classes, equalities, spellings }`, each a list of rows. */
async function ask({ port }) {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  await client.connect();
  try {
    const rows = async (query) => (await client.query(query)).rows;
    await createExtensions(client);
    return {
      functions: await rows(functionsQuery),
      types: await rows(typesQuery),
      casts: await rows(castsQuery),
      keywords: await rows(allKeywordsQuery),
      classes: await rows(indexesQuery).then(() => rows(classesQuery)),
      equalities: await rows(equalitiesQuery),
      spellings: [...(await rows(spellingsQuery)), ...(await keywordSpellings(client))],
    };
  } finally {
    await client.end();
  }
}

/** Extensions of other procedural languages need libraries that aren't shipped; they have no functions to be called by name. */
async function createExtensions(client) {
  const { rows } = await client.query('SELECT name FROM pg_available_extensions ORDER BY name');
  for (const { name } of rows) {
    await client.query(`CREATE EXTENSION IF NOT EXISTS "${name}" CASCADE`).catch((error) => {
      if (!/plperl|plpython|pltcl/.test(error.message)) throw error;
    });
  }
}

async function keywordSpellings(client) {
  const spellings = [];
  for (const { word } of (await client.query(keywordsQuery)).rows) {
    const { rows } = await client
      .query('SELECT $1 AS spelling, typname AS type FROM pg_type WHERE oid = to_regtype($1)', [word])
      .catch(() => ({ rows: [] }));
    spellings.push(...rows);
  }
  return spellings;
}

/** Rows that are alike but for their `member` become one fact, and so do the answers of consecutive versions. */
function factsOf(kind) {
  const facts = new Map();
  for (const [row, asserting] of versionsByRow(kind)) {
    const { member, ...head } = JSON.parse(row);
    for (const [first, last] of runs(asserting)) {
      const fact = JSON.stringify({ first, last, ...head });
      facts.set(fact, [...(facts.get(fact) ?? []), member]);
    }
  }
  return [...facts].sort().map(([fact, members]) => ({ ...JSON.parse(fact), members: members.sort() }));
}

function versionsByRow(kind) {
  const found = new Map();
  for (const { version, [kind]: rows } of answers) {
    for (const row of rows.map((each) => JSON.stringify(each))) found.set(row, (found.get(row) ?? new Set()).add(version));
  }
  return found;
}

/** {14, 15, 18} is the runs [14, 15] and [18, 18]. */
function runs(asserting) {
  const firsts = [...asserting].filter((version) => !asserting.has(version - 1));
  return firsts.map((first) => [first, versions.findLast((last) => isRun(asserting, first, last))]);
}

function isRun(asserting, first, last) {
  return versions.every((version) => version < first || version > last || asserting.has(version)) && first <= last;
}

/** Words that mean the same type in every version, which is what all of them do. */
function spellings() {
  const types = new Map();
  for (const { spelling, type } of answers.flatMap(({ spellings }) => spellings)) {
    if ((types.get(spelling) ?? type) !== type) throw new Error(`${spelling} is ${type}, and ${types.get(spelling)} elsewhere`);
    types.set(spelling, type);
  }
  return [...types].sort();
}

function heading(subject) {
  return `// ${subject}, as the catalogs of PostgreSQL ${versions[0]}–${versions.at(-1)} and of its contrib extensions list them.
// Generated by test/postgres/generate-facts.mjs; not to be edited.
`;
}

function table(name, type, facts) {
  return `export const ${name}: readonly ${type}[] = [\n${facts.map(factCode).join('')}];\n`;
}

function factCode({ members, ...head }) {
  const code = Object.entries(head).map(([name, value]) => `${name}: ${literal(value)}, `);
  const lines = wrapped(members).map((line) => `    ${line}\n`);
  return `  { ${code.join('')}members: \`\n${lines.join('')}  \` },\n`;
}

function literal(value) {
  return typeof value === 'number' ? String(value) : `'${value}'`;
}

function wrapped(words) {
  const lines = [];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= lineWidth - 4) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

/** Says which facts a file has too many or too few. */
async function compare(name, wanted) {
  const written = await readFile(new URL(name, folder), 'utf8').catch(() => '');
  if (written === wanted) return;
  const [before, after] = [claims(written), claims(wanted)];
  console.error(`src/postgres/${name} isn't what PostgreSQL says (- the file, + PostgreSQL):`);
  for (const claim of before) if (!after.has(claim)) console.error(`- ${claim}`);
  for (const claim of after) if (!before.has(claim)) console.error(`+ ${claim}`);
  process.exitCode = 1;
}

/** One line for each member of each fact, however the lines were wrapped, and the other lines as they are. */
function claims(source) {
  const facts = / *\{ (.*), members: `([^`]*)` \},\n/g;
  const members = [...source.matchAll(facts)].flatMap(([, head, list]) => {
    return list
      .trim()
      .split(/\s+/)
      .map((member) => `${member} (${head})`);
  });
  return new Set([...members, ...source.replaceAll(facts, '').split('\n')]);
}
