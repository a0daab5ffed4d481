import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const dist = join(import.meta.dirname, '..', '..', 'web', 'dist');
const most = 250_000;

const manifestSchema = z.record(
	z.string(),
	z.object({ file: z.string(), imports: z.array(z.string()).default([]) }),
);

it(`the Overview needs at most ${most / 1000} kB of JavaScript, compressed`, () => {
	const files = [...filesOfOverview()];
	const total = files.reduce((sum, file) => sum + statSync(join(dist, `${file}.gz`)).size, 0);
	// A build that was read wrongly would weigh next to nothing.
	expect(total).toBeGreaterThan(100_000);
	expect(total).toBeLessThanOrEqual(most);
	expect(files.filter(file => file.includes('/charts-'))).toEqual([]);
	// Each one is a request before anything is to be seen.
	expect(files.length).toBeLessThanOrEqual(10);
});

/** What a browser loads before the Overview stands: what the page names, the texts of a language, and all these import. */
function filesOfOverview(): ReadonlySet<string> {
	const manifest = manifestSchema.parse(
		JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')),
	);
	const chunkOf = new Map(Object.entries(manifest).map(([name, { file }]) => [file, name]));
	const page = readFileSync(join(dist, 'index.html'), 'utf8');
	const named = [...page.matchAll(/"\/(assets\/[^"]+\.js)"/g)].map(match => chunkOf.get(match[1] ?? ''));
	const files = new Set<string>();
	const follow = (name: string | undefined) => {
		const chunk = manifest[name ?? ''];
		if (!chunk) throw new Error(`The build does not know ${name}.`);
		if (files.has(chunk.file)) return;
		files.add(chunk.file);
		for (const imported of chunk.imports) follow(imported);
	};
	for (const name of [...named, 'src/texts/de/first-page.ts']) follow(name);
	return files;
}
