import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// `npm run bench [words…]`: every benchmark whose name holds one of the words, or all, one after the other. Each prints one JSON
// line per figure with its bar and ends with 1 when it misses one.
const words = process.argv.slice(2);
const benches = readdirSync(import.meta.dirname)
	.filter(file => file.endsWith('.bench.ts'))
	.filter(file => words.length === 0 || words.some(word => file.includes(word)));
if (benches.length === 0) {
	process.stderr.write(`No benchmark is named like ${words.join(' or ')}.\n`);
	process.exit(2);
}
let missed = 0;
for (const bench of benches) {
	process.stderr.write(`${bench}\n`);
	const done = spawnSync(process.execPath, [join(import.meta.dirname, bench)], {
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	if (done.status !== 0) missed += 1;
}
process.exit(missed === 0 ? 0 : 1);
