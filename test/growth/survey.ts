import { spawnSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { constructs } from './constructs/index.ts';
import { costOf } from './measure.ts';
setFlagsFromString('--wasm-tiering-budget=1000000000');
void (async () => {
const [, self = '', name, sizes] = process.argv;
if (name !== undefined && sizes !== undefined) {
  const c = constructs.find((one) => one.name === name)!;
  await costOf(c.grown(10)); await costOf(c.grown(50));
  for (const size of sizes.split(',').map(Number)) {
    const cost = await costOf(c.grown(size));
    console.log(JSON.stringify({ name, n: size, ...cost, mb: Math.round(process.resourceUsage().maxRSS / 1024) }));
    if (cost.seconds > 8) break;
  }
} else {
  for (const c of constructs.filter((c, i) => name === undefined || (name === '0' || name === '1' ? i % 2 === Number(name) : c.name.includes(name)))) {
    const ns = [c.most / 4, c.most / 2].map(Math.floor).join(',');
    const run = spawnSync(process.execPath, [self, c.name, ns], { encoding: 'utf8', timeout: 20000 });
    const rows = run.stdout.trim().split('\n').filter(Boolean).map((l) => JSON.parse(l));
    const last = rows.at(-1), before = rows.at(-2);
    const exp = last && before ? Math.log2(last.seconds / before.seconds) / Math.log2(last.n / before.n) : NaN;
    console.log(`${exp.toFixed(2)}\t${last?.seconds?.toFixed(2)}\t${last?.n}/${c.most}\t${last?.mb}MB\texit ${rows.map(r=>r.exitCode)}\t${c.name}\t${rows.map((r) => r.seconds.toFixed(2)).join(' ')}\t${run.signal ?? ''} ${last?.said?.replace(/^pgmigrate-lint: nothing says which.*\n/, '').slice(0, 80).replace(/\n/g,' ') ?? ''} ${run.status ? run.stderr.slice(0, 300) : ''}`);
  }
}
})();
