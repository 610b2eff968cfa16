// Migrations of a shop that grows: 20 lines each, and for every 25 of them one table more that is altered.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes `count` files into `directory`, and answers their texts. */
export function writeFiles(directory, count) {
  mkdirSync(directory, { recursive: true });
  const texts = migrations(count);
  for (const [index, text] of texts.entries()) writeFileSync(join(directory, `${nameOf(index + 1)}_small.sql`), text);
  return texts;
}

export function migrations(count) {
  const tables = Math.ceil(count / 25);
  return Array.from({ length: count }, (_, index) => migration(nameOf(index + 1), `customers_${index % tables}`));
}

function nameOf(number) {
  return String(number).padStart(5, '0');
}

function migration(name, customers) {
  return `SET lock_timeout = '5s';

CREATE TABLE orders_${name} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  placed_at timestamptz NOT NULL DEFAULT now(),
  status text NOT NULL DEFAULT 'open',
  total numeric(12, 2) CHECK (total > 0)
);

CREATE INDEX orders_${name}_status_idx ON orders_${name} (status);

ALTER TABLE ${customers} ADD COLUMN note_${name} text;
ALTER TABLE ${customers}
  ADD COLUMN seen_${name} timestamptz DEFAULT now(),
  ADD COLUMN rank_${name} int NOT NULL DEFAULT 0;

CREATE INDEX CONCURRENTLY note_${name}_idx ON ${customers} (note_${name});
COMMENT ON COLUMN ${customers}.note_${name} IS 'what they said';
UPDATE ${customers} SET rank_${name} = 1 WHERE id = 1;
`;
}
