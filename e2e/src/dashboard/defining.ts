import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { loaded } from './loaded.ts';

/** Writing definitions. */
export function defining(dashboard: () => Dashboard): void {
	describe('defining', () => {
		it('a rule says at every change what it means and what it would have judged, before anything is saved', async () => {
			await dashboard().open(await dashboard().admin(), async page => {
				await page.goto('/definitions/promises/repaired-in-five-days');
				await loaded(page);
				const words = page.getByRole('complementary').first();
				await words
					.getByText(/5 days/)
					.first()
					.waitFor();
				const saved = await count(page, 'kept', 0);
				await page.getByRole('textbox', { name: 'Within' }).fill('8');
				await words
					.getByText(/8 days/)
					.first()
					.waitFor();
				await page.getByRole('columnheader', { name: 'Difference' }).waitFor();
				await loaded(page);
				expect(await count(page, 'kept', 1)).toBe(saved);
				const more = (await count(page, 'kept', 0)) - saved;
				expect(more).toBeGreaterThan(0);
				expect(await count(page, 'kept', 2)).toBe(more);

				await page.getByRole('button', { name: 'Save', exact: true }).click();
				await page.getByText('Everything is saved').waitFor();
				await page.reload();
				await loaded(page);
				expect(await page.getByRole('textbox', { name: 'Within' }).inputValue()).toBe('8');
			});
		});

		it('what cannot be saved is said where the mistake is, and leaving asks first', async () => {
			await dashboard().open(
				await dashboard().admin(),
				async page => {
					await page.goto('/definitions/promises/home-in-two-days');
					await loaded(page);
					await page.getByRole('textbox', { name: 'Wording' }).fill('');
					await page.getByRole('button', { name: 'Save', exact: true }).click();
					await page.getByRole('alert').waitFor();
					const wording = page.getByRole('textbox', { name: 'Wording' });
					expect(await wording.getAttribute('aria-invalid')).toBe('true');
					await page.getByRole('link', { name: 'Overview' }).click();
					await page
						.getByRole('dialog', { name: 'Leave without saving?' })
						.getByRole('button', { name: 'Leave' })
						.click();
					await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
				},
				{ provokes: ['status of 422', 'status of 400'] },
			);
		});
	});
}

/** A number in the table of verdicts a rule would give. */
async function count(page: Page, verdict: string, column: number): Promise<number> {
	const row = page
		.getByRole('region', { name: 'What it would have judged' })
		.getByRole('row', { name: new RegExp(verdict) });
	return Number((await row.first().getByRole('cell').nth(column).textContent())?.replaceAll(/[^\d-]/g, ''));
}
