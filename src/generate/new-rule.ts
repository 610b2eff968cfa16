// Makes the files of a new rule, ready to be filled in. Run by `npm run new-rule -- CATEGORY ID`.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { categories } from '../model/finding.ts';

const [category = '', id = ''] = process.argv.slice(2);

if (!categories.some((known) => known === category) || !/^[a-z]+(-[a-z]+)+$/.test(id)) {
  process.stderr.write(
    `Usage: npm run new-rule -- CATEGORY ID\nCATEGORY is one of ${categories.join(', ')}; ID a hazard, like blocking-reindex\n`,
  );
  process.exitCode = 2;
} else if (existsSync(`rules/${category}/${id}.ts`)) {
  process.stderr.write(`The rule ${id} is there already\n`);
  process.exitCode = 2;
} else {
  makeRule();
}

function makeRule(): void {
  const name = id.replace(/-(.)/g, (_match, letter: string) => letter.toUpperCase());
  mkdirSync(`rules/${category}`, { recursive: true });
  mkdirSync(`fixtures/rules/${id}`, { recursive: true });
  writeFileSync(`rules/${category}/${id}.ts`, ruleFile());
  writeFileSync(`rules/${category}/${id}.md`, documentFile());
  for (const count of [1, 2, 3]) {
    writeFileSync(
      `fixtures/rules/${id}/bad-${count}.sql`,
      `SET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN note;\n-- ^^^^^^^^ ${id}\n`,
    );
    writeFileSync(`fixtures/rules/${id}/good-${count}.sql`, 'CREATE TABLE orders (id bigint PRIMARY KEY);\n');
  }
  if (category === 'locking') writeFileSync(`fixtures/outages/${id}.sql`, 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n');
  const index = readFileSync('rules/index.ts', 'utf8');
  const imported = index.replace(/^import type .*\n/m, (line) => `${line}import ${name} from './${category}/${id}.ts';\n`);
  writeFileSync('rules/index.ts', imported.replace('= [\n', `= [\n  ${name},\n`));
  process.stdout.write(
    `Wrote rules/${category}/${id}.ts and .md, fixtures/rules/${id}/, and a line in rules/index.ts. Now: npx jest rules\n`,
  );
}

function ruleFile(): string {
  return `// TODO: what it looks for.

import { isBlocking, onChange, printName } from '../../src/rule/index.ts';

export default onChange({
  id: '${id}',
  category: '${category}',
  summary: 'What it finds, in a sentence without a full stop',
  hazard: 'What that does to a database in use',
  remedy: 'What to do instead',
  severity: 'error',
  since: '0.1.0',
  on: 'drop-column',
  when: (_change, { effects }) => effects.some(isBlocking),
  message: ({ table }, { before }) => \`Something waits for \${printName(before.qualify(table))}\`,
});
`;
}

function documentFile(): string {
  return `# ${id}

What it finds.

## Why it hurts

What that does to a database in use.

\`\`\`sql bad
SET lock_timeout = '5s';
ALTER TABLE orders DROP COLUMN note;
\`\`\`

## Do this instead

\`\`\`sql good
CREATE TABLE orders (id bigint PRIMARY KEY);
\`\`\`

## When to turn it off

When it does not matter.
`;
}
