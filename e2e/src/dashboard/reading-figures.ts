import { readFileSync } from 'node:fs';
import { segmentSchema } from '@touchstone/domain/metrics/period-query';
import { readPromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { listVerdicts } from '@touchstone/domain/verdicts/verdicts.contract';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { loaded } from './loaded.ts';

/** From the first look in the morning down to one customer. */
export function readingFigures(dashboard: () => Dashboard): void {
	const asAdmin = async (work: (page: Page) => Promise<void>) =>
		dashboard().open(await dashboard().admin(), work);

	describe('reading figures', () => {
		it('for another period keeps it in the address, on every page and after a reload', () =>
			asAdmin(async page => {
				await page.goto('/');
				await loaded(page);
				const occasions = () =>
					page
						.getByText(/n = [\d,]+/)
						.first()
						.textContent();
				const before = await occasions();
				await page.getByLabel('Period').selectOption('Last 12 months');
				await page.waitForURL(/period=12m/);
				await page
					.getByText(before ?? '', { exact: true })
					.first()
					.waitFor({ state: 'detached' });
				await loaded(page);
				const after = await occasions();
				await page.reload();
				await loaded(page);
				expect(await occasions()).toBe(after);
				await page.getByRole('link', { name: 'Promises', exact: true }).click();
				await page.getByRole('heading', { level: 1, name: 'Promises' }).waitFor();
				expect(await page.getByLabel('Period').inputValue()).toBe('12m');
			}));

		it('finds the dealer who breaks a promise, and follows it to one customer', () =>
			asAdmin(async page => {
				await page.goto('/?period=12m');
				await page.getByLabel('Unit').selectOption({ value: 'DE-NORTH' });
				const gaps = page.getByRole('region', { name: /miss(es)? (its|their) target/ });
				await gaps.getByRole('link', { name: 'Your dealer calls you back within a day.' }).click();
				await page.getByRole('heading', { level: 2, name: /Dealer Hanover.*worse than chance/ }).waitFor();
				await page
					.getByRole('region', { name: 'By unit' })
					.getByRole('button', { name: 'Dealer Hanover' })
					.click();
				await page.waitForURL(/unit=D-HANOVER/);
				await page.getByLabel('Verdict', { exact: true }).selectOption('broken');
				const occasions = page.getByRole('region', { name: 'The occasions' }).last();
				const gone = { state: 'detached' } as const;
				await occasions.locator('tbody tr', { hasText: 'kept' }).first().waitFor(gone);
				await occasions.locator('tbody tr', { hasNotText: 'Dealer Hanover' }).first().waitFor(gone);
				await occasions.locator('tbody').getByRole('button').first().click();
				const evidence = page.getByRole('dialog');
				await evidence.getByText('Dealer Hanover').waitFor();
				await evidence
					.getByText('Callback Requested')
					.or(evidence.getByText('Asks a dealer to call'))
					.first()
					.waitFor();
				const link = evidence.getByRole('link', { name: /^The whole timeline of / });
				const customer = (await link.textContent())?.replace('The whole timeline of ', '') ?? '';
				await link.click();
				await page.getByRole('heading', { level: 1, name: customer }).waitFor();
				await loaded(page);
				await page.getByText('Promise broken').first().waitFor();
				await page.getByText('Asks a dealer to call').first().waitFor();
			}));

		it('says how each is computed', () =>
			asAdmin(async page => {
				await page.goto('/?period=12m');
				await loaded(page);
				await page
					.getByRole('button', { name: /^More: .*target/ })
					.first()
					.click();
				await page.getByRole('menuitem', { name: 'How is this computed?' }).click();
				const explanation = page.getByRole('dialog');
				for (const part of ['Formula', 'Observations', 'Method', 'Left out'])
					await explanation.getByText(part, { exact: true }).waitFor();
			}));

		it('says it in German to whose browser speaks German', async () => {
			const admin = await dashboard().admin();
			await dashboard().open(
				admin,
				async page => {
					await page.goto('/?period=12m');
					await loaded(page);
					await page.getByRole('heading', { level: 1, name: 'Überblick' }).waitFor();
					await page
						.getByRole('button', { name: /^Mehr: .*Ziel/ })
						.first()
						.click();
					await page.getByRole('menuitem', { name: 'Wie wird das berechnet?' }).click();
					const explanation = page.getByRole('dialog', { name: 'Gehaltene Versprechen' });
					for (const said of [
						'als gehalten beurteilte Anlässe, geteilt durch als gehalten oder gebrochen beurteilte',
						'Wilson-Score-Intervall, 95 %',
						/^[\d.]+ ausstehend, [\d.]+ unbekannt, [\d.]+ zurückgezogen/,
						'Anteil, 0 … 1',
					])
						await explanation.getByText(said).waitFor();
				},
				{ locale: 'de-DE' },
			);
		});

		it('takes them along as CSV, every row of a long list', () =>
			asAdmin(async page => {
				await page.goto('/promises/dealer-calls-back-in-a-day?period=12m');
				await loaded(page);
				const [file] = await Promise.all([
					page.waitForEvent('download'),
					page.getByRole('button', { name: 'Download CSV: The occasions' }).click(),
				]);
				expect(file.suggestedFilename()).toMatch(/^occasions-.*\.csv$/);
				const [head = '', ...rows] = readFileSync(await file.path(), 'utf8')
					.trim()
					.split(/\r?\n/);
				expect(head).toMatch(/^\ufeff?"?Time"?,"?Verdict"?,"?Customer/);
				expect(rows.length).toBeGreaterThan(200);
				expect(rows.some(row => row.includes('D-HANOVER') || row.includes('Dealer Hanover'))).toBe(true);
			}));

		it('of one segment lists the occasions of that segment, as many as were counted', async () => {
			const { client } = dashboard();
			const promise = 'home-in-two-days';
			const counts = await Promise.all(
				segmentSchema.options.map(async segment => {
					const counted = await client.get(
						`/v1/promises/${promise}/figures?segment=${segment}`,
						readPromiseFigures.answer,
					);
					let listed = 0;
					let cursor: string | null = '';
					while (cursor !== null) {
						const address: string = `${listVerdicts.path}?promise=${promise}&segment=${segment}&limit=500&cursor=${cursor}`;
						const page: (typeof listVerdicts.answer)['_output'] = await client.get(
							cursor === '' ? address.replace('&cursor=', '') : address,
							listVerdicts.answer,
						);
						listed += page.items.length;
						cursor = page.nextCursor;
					}
					expect(listed).toBe(counted.occasions);
					return listed;
				}),
			);
			expect(Math.min(...counts)).toBeGreaterThan(0);
		});

		it('shows the table behind a chart', () =>
			asAdmin(async page => {
				await page.goto('/?period=12m');
				await loaded(page);
				await page
					.getByRole('button', { name: /^More: .*target/ })
					.first()
					.click();
				await page.getByRole('menuitem', { name: 'Table' }).click();
				expect(await page.getByRole('table').first().getByRole('row').count()).toBeGreaterThan(10);
			}));
	});
}
