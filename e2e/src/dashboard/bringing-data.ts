import { randomUUID } from 'node:crypto';
import { untilJudged } from '@touchstone/demo/load-demo.client';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { loaded } from './loaded.ts';

const visitor = `C-${randomUUID().slice(0, 8)}`;
const rows = [
	'id,event,time,customer,unit',
	`visit-1,Shop Visited,2026-01-05T10:00:00Z,${visitor}-1,D-KIEL`,
	`visit-2,Shop Visited,the day before,${visitor}-2,D-KIEL`,
	`visit-3,Shop Visited,2026-01-05T12:00:00Z,${visitor}-3,D-ULM`,
	'visit-4,Shop Visited,2026-01-05T13:00:00Z,,D-ULM',
	`visit-5,Shop Visited,2026-01-05T14:00:00Z,${visitor}-5,D-GRAZ`,
];

/** Files into the log, and what did not fit after all. */
export function bringingData(dashboard: () => Dashboard): void {
	describe('bringing data', () => {
		it('a CSV comes in but for two bad rows, which are corrected and taken in', async () => {
			await dashboard().open(await dashboard().admin(), async page => {
				await page.goto('/data/import');
				await loaded(page);
				await page
					.getByLabel('Choose files')
					.last()
					.setInputFiles({
						name: 'shop-visits.csv',
						mimeType: 'text/csv',
						buffer: Buffer.from(`${rows.join('\n')}\n`),
					});
				await page.getByRole('button', { name: 'Say what the columns mean' }).click();
				await page.getByRole('heading', { name: 'What a row of shop-visits.csv becomes' }).waitFor();
				await page.getByRole('button', { name: 'Check all rows' }).click();
				await page.getByRole('button', { name: /^Import \d records/ }).click();
				await page.getByRole('heading', { name: /the import is done/ }).waitFor();
				await page.getByRole('link', { name: 'See what was refused, and correct it' }).click();
				await loaded(page);

				await correct(page, 'time-invalid', 'the day before', '2026-01-05T11:00:00Z');
				await correct(page, 'field-invalid', '"unit"', `"customer": "${visitor}-4", "unit"`);
				await page.getByRole('heading', { name: 'Nothing refused waits for you' }).waitFor();

				await untilJudged(dashboard().client);
				await page.goto(`/customers?search=${visitor}`);
				for (const number of [1, 2, 3, 4, 5])
					await page.getByRole('link', { name: `${visitor}-${number}` }).waitFor();
				expect(await page.getByRole('link', { name: visitor }).count()).toBe(5);
			});
		});
	});
}

/** Opens the refused item of that reason, puts `right` in the place of `wrong` and takes it in. */
async function correct(page: Page, code: string, wrong: string, right: string): Promise<void> {
	await page.getByRole('button', { name: new RegExp(`^${code}`) }).click();
	const items = page.getByRole('region', { name: new RegExp(`^${code} from`) }).last();
	await items
		.getByRole('button', { name: /^Correct/ })
		.first()
		.click();
	const text = page.getByRole('dialog').getByRole('textbox');
	await text.fill((await text.inputValue()).replace(wrong, right));
	await page.getByRole('button', { name: 'Correct and replay' }).click();
	await page.getByRole('dialog').waitFor({ state: 'hidden' });
}
