// Settings, transactions, and what runs under a condition.

import { lines, list, sql, type Construct } from '../construct.ts';

const alter = (i: number): string => `ALTER TABLE orders_${i} ADD COLUMN note text;`;

export const sessions: readonly Construct[] = [
  sql('settings', (n) => lines(n, (i) => `SET a.b${i} = ${i};`)),
  sql('settings of one transaction', (n) => `BEGIN;\n${lines(n, (i) => `SET LOCAL a.b${i} = ${i};`)}\nCOMMIT;`),
  sql('one setting, again and again', (n) => lines(n, (i) => `SET lock_timeout = '${1 + (i % 9)}s';`)),
  sql('SET and RESET', (n) => lines(n, (i) => `SET a.b${i} = 1; RESET a.b${i};`), 4000),
  sql('set_config of settings', (n) => lines(n, (i) => `SELECT set_config('a.b${i}', '${i}', false);`)),
  sql('settings of roles', (n) => lines(n, (i) => `ALTER ROLE r${i} SET lock_timeout = '1s';`)),
  sql('settings of one role', (n) => lines(n, (i) => `ALTER ROLE r SET a.b${i} = '1s';`)),
  sql('settings and savepoints', (n) => `BEGIN;\n${lines(n, (i) => `SET LOCAL a.b${i} = 1; SAVEPOINT s${i};`)}\n${lines(n, (i) => `ROLLBACK TO s${n - 1 - i};`)}\nCOMMIT;`, 2500),
  sql('search paths', (n) => lines(n, (i) => `SET search_path = s${i}; CREATE TABLE orders (id int);`), 4000),
  sql('lock timeouts and locks', (n) => lines(n, (i) => `SET lock_timeout = '1s'; ${alter(i)} RESET lock_timeout;`), 2500),
  sql('statements without lock_timeout', (n) => lines(n, alter)),
  sql('transactions', (n) => lines(n, (i) => `BEGIN; ${alter(i)} COMMIT;`), 2500),
  sql('transactions rolled back', (n) => lines(n, (i) => `BEGIN; CREATE TABLE t${i} (id int); ROLLBACK;`), 2500),
  sql('savepoints', (n) => `BEGIN;\n${lines(n, (i) => `SAVEPOINT s${i};`)}\nCOMMIT;`),
  sql('savepoints of one name', (n) => `BEGIN;\n${lines(n, () => 'SAVEPOINT s;')}\nCOMMIT;`),
  sql('savepoints that are released', (n) => `BEGIN;\n${lines(n, (i) => `SAVEPOINT s${i};`)}\n${lines(n, (i) => `RELEASE s${n - 1 - i};`)}\nCOMMIT;`, 4000),
  sql('savepoints and changes', (n) => `BEGIN;\n${lines(n, (i) => `SAVEPOINT s${i}; ${alter(i)}`)}\n${lines(n, (i) => `ROLLBACK TO s${n - 1 - i};`)}\nCOMMIT;`, 2500),
  sql('savepoints and ROLLBACK TO the first', (n) => `BEGIN; SAVEPOINT s;\n${lines(n, (i) => `${alter(i)} ROLLBACK TO s;`)}\nCOMMIT;`, 4000),
  sql('DO blocks', (n) => lines(n, (i) => `DO $$ BEGIN ${alter(i)} END $$;`), 4000),
  sql('statements of one DO block', (n) => `DO $$ BEGIN\n${lines(n, alter)}\nEND $$;`),
  sql('statements about one table in one DO block', (n) => `DO $$ BEGIN\n${lines(n, (i) => `ALTER TABLE orders ADD COLUMN c${i} text;`)}\nEND $$;`),
  sql('IFs of one DO block', (n) => `DO $$ BEGIN\n${lines(n, (i) => `IF random() > 0.5 THEN ${alter(i)} END IF;`)}\nEND $$;`),
  sql('IFs about one table', (n) => `CREATE TABLE orders (id int); DO $$ BEGIN\n${lines(n, (i) => `IF random() > 0.5 THEN ALTER TABLE orders ADD COLUMN c${i} text; ELSE ALTER TABLE orders ADD COLUMN d${i} int; END IF;`)}\nEND $$;`, 4000),
  sql('ELSIFs of one IF', (n) => `DO $$ BEGIN IF random() > 0.5 THEN NULL;\n${lines(n, (i) => `ELSIF random() > ${i} THEN ${alter(i)}`)}\nEND IF; END $$;`),
  sql('IFs in IFs', (n) => `DO $$ BEGIN\n${lines(n, (i) => `IF random() > 0.5 THEN ${alter(i)}`)}\n${lines(n, () => 'END IF;')}\nEND $$;`, 2000),
  sql('IFs in ELSEs', (n) => `DO $$ BEGIN\n${lines(n, (i) => `IF random() > 0.5 THEN ${alter(i)} ELSE`)}\nNULL;\n${lines(n, () => 'END IF;')}\nEND $$;`, 2000),
  sql('blocks in blocks', (n) => `DO $$ BEGIN\n${lines(n, (i) => `BEGIN ${alter(i)}`)}\n${lines(n, () => 'EXCEPTION WHEN OTHERS THEN NULL; END;')}\nEND $$;`, 2000),
  sql('EXCEPTION blocks behind each other', (n) => `DO $$ BEGIN\n${lines(n, (i) => `BEGIN ${alter(i)} EXCEPTION WHEN duplicate_column THEN NULL; END;`)}\nEND $$;`),
  sql('WHENs of one EXCEPTION', (n) => `DO $$ BEGIN\n${alter(0)} EXCEPTION\n${lines(n, (i) => `WHEN SQLSTATE '${String(10000 + (i % 9000))}' THEN ${alter(i)}`)}\nEND $$;`),
  sql('WHENs of one CASE', (n) => `DO $$ BEGIN CASE x\n${lines(n, (i) => `WHEN ${i} THEN ${alter(i)}`)}\nEND CASE; END $$;`),
  sql('loops in loops', (n) => `DO $$ BEGIN\n${lines(n, (i) => `FOR i IN 1..3 LOOP ${alter(i)}`)}\n${lines(n, () => 'END LOOP;')}\nEND $$;`, 2000),
  sql('loops behind each other', (n) => `DO $$ BEGIN\n${lines(n, (i) => `WHILE random() > 0.5 LOOP ${alter(i)} END LOOP;`)}\nEND $$;`),
  sql('EXECUTEs of one DO block', (n) => `DO $$ BEGIN\n${lines(n, (i) => `EXECUTE 'ALTER TABLE orders_${i} ADD COLUMN note text';`)}\nEND $$;`),
  sql('EXECUTEs of format', (n) => `DO $$ BEGIN\n${lines(n, (i) => `EXECUTE format('ALTER TABLE %I ADD COLUMN note text', 'orders_${i}');`)}\nEND $$;`),
  sql('EXECUTEs of a variable that grows', (n) => `DO $$ DECLARE s text := ''; BEGIN\n${lines(n, (i) => `s := s || 'ALTER TABLE orders_${i} ADD COLUMN note text;';`)}\nEXECUTE s; END $$;`, 4000),
  sql('EXECUTEs of a variable that doubles', (n) => `DO $$ DECLARE s text := 'SELECT 1;'; BEGIN\n${lines(n, () => 's := s || s;')}\nEXECUTE s; END $$;`, 4000),
  sql('variables of one DO block', (n) => `DO $$ DECLARE\n${lines(n, (i) => `v${i} int := ${i};`)}\nBEGIN ${alter(0)} END $$;`),
  sql('assignments of one DO block', (n) => `DO $$ DECLARE v int; BEGIN\n${lines(n, (i) => `v := ${i};`)}\n${alter(0)} END $$;`, 40000),
  sql('conditions about the catalog', (n) => lines(n, (i) => `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'orders_${i}' AND column_name = 'note') THEN ${alter(i)} END IF; END $$;`), 2500),
  sql('terms of one condition', (n) => `DO $$ BEGIN IF ${list(n, (i) => `NOT EXISTS (SELECT FROM pg_tables WHERE tablename = 't${i}')`, ' AND ')} THEN ${alter(0)} END IF; END $$;`, 2000),
  sql('DO blocks in DO blocks', (n) => nested(n), 200),
  sql('statements of one function that is called', (n) => `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n${lines(n, alter)}\nEND $$;\nSELECT f();`),
  sql('statements of one function of SQL that is called', (n) => `CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$\n${lines(n, alter)}\n$$;\nSELECT f();`),
];

/** A block that executes the text of the next one. */
function nested(count: number): string {
  let text = alter(0);
  for (let i = 0; i < count; i += 1) text = `DO $q${i}$ BEGIN EXECUTE $e${i}$${text}$e${i}$; END $q${i}$;`;
  return text;
}
