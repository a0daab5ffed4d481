import type { Page } from 'playwright-core';

/** Until a page shows its heading, and every part of it has its answer and none that belongs to an earlier question. */
export async function loaded(page: Page): Promise<void> {
	await page.getByRole('heading', { level: 1 }).first().waitFor();
	await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], [data-stale]'));
}
