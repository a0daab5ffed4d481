import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriersOn } from './accessibility.ts';
import { type Dashboard, screenshots } from './dashboard.ts';
import { loaded } from './loaded.ts';
import { insidePages } from './pages.ts';

const outside = { 'sign in': '/sign-in', 'password lost': '/new-password', invitation: '/invitation' };
/** What holds for every page: anybody can use it, on a desk and on a phone, in the dark as well. */
export function everyPage(dashboard: () => Dashboard): void {
	describe.each(['light', 'dark'] as const)('in a %s browser', colorScheme => {
		it.each(Object.entries(outside))('the page "%s" has no barriers and fits a phone', async (name, path) => {
			await dashboard().open(undefined, page => look(page, `${colorScheme} ${name}`, path), { colorScheme });
		});
		it.each(Object.entries(insidePages))(
			'the page "%s" has no barriers and fits a phone',
			async (name, path) => {
				const admin = await dashboard().admin();
				await dashboard().open(admin, page => look(page, `${colorScheme} ${name}`, path), { colorScheme });
			},
		);
	});
}

/** Looks at a page as wide as a desk and as a phone, and leaves pictures for people. */
async function look(page: Page, name: string, path: string): Promise<void> {
	await page.goto(path);
	await loaded(page);
	const barriers = [...(await barriersOn(page))];
	await picture(page, `${name} 1440`);
	await page.setViewportSize({ width: 390, height: 844 });
	await loaded(page);
	// The page takes a moment to lie down anew.
	const fits = page.waitForFunction(
		() => document.documentElement.scrollWidth <= window.innerWidth,
		undefined,
		{ timeout: 3_000 },
	);
	const isTooWide = await fits.then(
		() => false,
		() => true,
	);
	barriers.push(...(await barriersOn(page)).map(barrier => `on a phone: ${barrier}`));
	await picture(page, `${name} 390`);
	expect.soft(isTooWide, 'wider than a phone').toBe(false);
	expect(barriers).toEqual([]);
}

async function picture(page: Page, name: string): Promise<void> {
	mkdirSync(screenshots, { recursive: true });
	const file = `${name.replaceAll(/[^a-z0-9]+/g, '-')}.png`;
	await page.screenshot({ path: join(screenshots, file), fullPage: true });
}
