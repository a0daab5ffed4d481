import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyContract } from './every-contract.ts';
import { accessPage, errorsPage, metricsPage } from './reference-pages.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

describe('the documentation', () => {
	it('lists exactly the problems the product answers with', () => {
		expect(read('docs', 'errors.md')).toBe(errorsPage());
	});

	it('explains exactly the metrics the product shows', () => {
		expect(read('docs', 'metrics', 'README.md')).toBe(metricsPage());
	});

	it('says of every operation who may call it', async () => {
		const page = read('docs', 'operations', 'access.md');
		const contracts = await everyContract();
		expect(contracts.length).toBeGreaterThan(100);
		expect(page).toBe(accessPage(page, contracts));
	});

	it('leads nowhere that does not exist', () => {
		const pages = ['README.md', ...markdownIn('docs'), ...markdownIn('examples')];
		const dead = pages.flatMap(page =>
			[...read(page).matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)]
				.map(match => join(dirname(page), match[1] ?? ''))
				.filter(target => !existsSync(join(root, target)))
				.map(target => `${page} → ${target}`),
		);
		expect(pages.length).toBeGreaterThan(5);
		expect(dead).toEqual([]);
	});
});

function markdownIn(folder: string): string[] {
	if (!existsSync(join(root, folder))) return [];
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter(file => file.endsWith('.md'))
		.map(file => join(folder, file));
}
