import { unitIdSchema } from '@touchstone/domain/owners/ids';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { loaded } from './loaded.ts';

const promise = '/promises/dealer-calls-back-in-a-day?period=12m';

/** Everybody sees what is theirs, and is told what is not. */
export function roles(dashboard: () => Dashboard): void {
	describe('somebody who', () => {
		it('views sees every figure, no customer, and changes nothing', async () => {
			const viewer = await dashboard().person('Board Member', { role: 'viewer', units: 'all' });
			await dashboard().open(
				viewer,
				async page => {
					await page.goto(promise);
					await loaded(page);
					await byUnit(page).getByText('Dealer Hanover').first().waitFor();
					const menu = page.getByRole('navigation', { name: 'Menu' });
					expect(await menu.getByRole('link').allTextContents()).toEqual(
						expect.arrayContaining(['Overview', 'Promises', 'Moments']),
					);
					expect(await menu.getByRole('link', { name: 'Customers' }).count()).toBe(0);
					expect(await menu.getByRole('link', { name: 'Data' }).count()).toBe(0);
					for (const closed of ['/customers', '/customers/C-000001', '/data/import', '/settings/people']) {
						await page.goto(closed);
						await page
							.getByText(/may not|role does not/i)
							.first()
							.waitFor();
					}
					await page.goto('/definitions/promises/home-in-two-days');
					await loaded(page);
					expect(await page.getByRole('textbox', { name: 'Wording' }).isDisabled()).toBe(true);
					expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
				},
				{ provokes: ['status of 403'] },
			);
		});

		it('works at one dealer sees what happened there and nothing of the others', async () => {
			const frontline = await dashboard().person('Dealer Kiel', {
				role: 'frontline',
				units: [unitIdSchema.parse('D-KIEL')],
			});
			const everything = await figure(dashboard, await dashboard().admin());
			const ours = await figure(dashboard, frontline);
			expect(ours).toBeGreaterThan(0);
			expect(ours).toBeLessThan(everything / 4);
			await dashboard().open(
				frontline,
				async page => {
					await page.goto(promise);
					await loaded(page);
					expect(await page.getByRole('option', { name: /Dealer/ }).allTextContents()).toEqual([
						expect.stringContaining('Dealer Kiel'),
					]);
					await byUnit(page).getByText('Dealer Kiel').first().waitFor();
					expect(await page.getByText('Dealer Hanover').count()).toBe(0);
					// Asking for another unit in the address does not show it.
					await page.goto(`${promise}&unit=D-HANOVER`);
					await loaded(page);
					expect(await page.getByText('Dealer Hanover').count()).toBe(0);
				},
				{ provokes: ['status of 403', 'status of 404'] },
			);
		});
	});
}

function byUnit(page: Page) {
	return page.getByRole('region', { name: 'By unit' });
}

/** How many occasions the Overview counts for somebody. */
async function figure(
	dashboard: () => Dashboard,
	as: Awaited<ReturnType<Dashboard['admin']>>,
): Promise<number> {
	let counted = Number.NaN;
	await dashboard().open(as, async page => {
		await page.goto('/?period=12m');
		await loaded(page);
		counted = Number(
			(
				await page
					.getByText(/n = [\d,]+/)
					.first()
					.textContent()
			)
				?.match(/n = ([\d,]+)/)?.[1]
				?.replaceAll(',', ''),
		);
	});
	return counted;
}
