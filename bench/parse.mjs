// `npm run bench:parse -- FOLDER`: where the time of parsing goes, by wrapping what libpg-query calls: the grammar itself (in
// WebAssembly, with the border to it), decoding its answer, and reading that as JSON.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModule, parseSync } from 'libpg-query';

const folder = process.argv[2];
if (folder === undefined) throw new Error('name a folder of migrations');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql'));
const texts = files.map((name) => readFileSync(join(folder, name), 'utf8')).filter((text) => text.trim() !== '');

const spent = { json: 0, decode: 0 };
let letters = 0;

const timed = (kind, work, heard = () => undefined) =>
  function (...args) {
    const start = performance.now();
    const result = work.apply(this, args);
    spent[kind] += performance.now() - start;
    heard(args);
    return result;
  };

JSON.parse = timed('json', JSON.parse, ([text]) => (letters += text.length));
TextDecoder.prototype.decode = timed('decode', TextDecoder.prototype.decode);

await loadModule();
parseAll();
Object.assign(spent, { json: 0, decode: 0 });
letters = 0;
const whole = parseAll();
const share = (time) => `${time.toFixed(0)} ms, ${Math.round((100 * time) / whole)} %`;
const bytes = texts.reduce((sum, text) => sum + text.length, 0);
console.log(`${texts.length} texts, ${Math.round(bytes / 1000)} kB of SQL, ${Math.round(letters / 1000)} kB of JSON: ${whole.toFixed(0)} ms
  JSON.parse        ${share(spent.json)}
  decoding UTF-8    ${share(spent.decode)}
  grammar and border ${share(whole - spent.json - spent.decode)}`);

function parseAll() {
  const start = performance.now();
  for (const text of texts) {
    try {
      parseSync(text);
    } catch {
      // What PostgreSQL can't parse costs as much.
    }
  }
  return performance.now() - start;
}
