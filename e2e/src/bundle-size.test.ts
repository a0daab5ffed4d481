import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const dist = join(import.meta.dirname, '..', '..', 'web', 'dist');
const assets = join(dist, 'assets');
const most = 250_000;

it(`the Overview needs at most ${most / 1000} kB of JavaScript, compressed`, () => {
	const files = [...filesOfOverview()];
	const total = files.reduce((sum, file) => sum + statSync(join(assets, `${file}.gz`)).size, 0);
	// A build that was read wrongly would weigh next to nothing.
	expect(total).toBeGreaterThan(100_000);
	expect(total).toBeLessThanOrEqual(most);
	expect(files.filter(file => file.startsWith('charts-'))).toEqual([]);
	// Each one is a request before anything is to be seen.
	expect(files.length).toBeLessThanOrEqual(10);
});

/** What a browser loads before the Overview stands: what the page names, its texts in the longest language, and all these import. */
function filesOfOverview(): ReadonlySet<string> {
	const page = readFileSync(join(dist, 'index.html'), 'utf8');
	const named = [...page.matchAll(/"\/assets\/([^"]+\.js)"/g)].flatMap(match => match[1] ?? []);
	const texts = readdirSync(assets)
		.filter(file => /^first-page-.*\.js$/.test(file))
		.toSorted((a, b) => statSync(join(assets, b)).size - statSync(join(assets, a)).size);
	const files = new Set<string>();
	const follow = (file: string) => {
		if (files.has(file)) return;
		files.add(file);
		const code = readFileSync(join(assets, file), 'utf8');
		for (const match of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) follow(match[1] ?? '');
	};
	for (const file of [...named, ...texts.slice(0, 1)]) follow(file);
	return files;
}
