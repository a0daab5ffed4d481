import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type ProductProcess, root, startProduct } from './product-process.ts';

const screenshots = join(root, 'screenshots');
let folder: string;
let product: ProductProcess;
let browser: Browser;
beforeAll(async () => {
	mkdirSync(screenshots, { recursive: true });
	folder = mkdtempSync(join(tmpdir(), 'touchstone-docs-'));
	product = await startProduct(folder);
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await product?.stop();
	rmSync(folder, { recursive: true, force: true });
});

describe.each(['light', 'dark'] as const)('the API documentation in a %s browser', scheme => {
	it.each([1440, 390])('is readable %i pixels wide, asks nobody else and reports no error', async width => {
		const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: 900 } });
		const faults: string[] = [];
		page.on('pageerror', error => faults.push(String(error)));
		page.on('console', message => message.type() === 'error' && faults.push(message.text()));
		page.on(
			'request',
			request =>
				request.url().startsWith(product.address) ||
				request.url().startsWith('data:') ||
				faults.push(`asked ${request.url()}`),
		);
		await page.goto(`${product.address}/docs`);
		expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Touchstone API');
		expect(await page.getByText('/v1/report', { exact: true }).count()).toBeGreaterThan(0);
		expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
		await page.screenshot({
			path: join(screenshots, `docs-${scheme}-${width}.png`),
			fullPage: width === 390,
		});
		expect(faults).toEqual([]);
		await page.close();
	});
});

describe('the machine-readable documentation', () => {
	it('is OpenAPI 3.1 and names every address with its answers', async () => {
		const document: unknown = await (await fetch(`${product.address}/openapi.json`)).json();
		expect(document).toMatchObject({
			openapi: expect.stringMatching(/^3\.1/),
			paths: {
				'/v1/report': { get: { operationId: 'readReport' } },
				'/v1/interactions': { post: { tags: ['interactions'] } },
				'/v1/definitions': { put: { responses: { 422: expect.anything() } } },
			},
		});
	});
});
