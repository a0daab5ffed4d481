import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createKey } from '@touchstone/domain/access/api-keys.contract';
import { sendFeedbackContract } from '@touchstone/domain/feedback/feedback.contract';
import {
	batchContract,
	cloudEventsContract,
	segmentContracts,
	sendInteractionsContract,
} from '@touchstone/domain/interactions/intake.contract';
import { type Met, tailInteractions } from '@touchstone/domain/interactions/tail.contract';
import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { root } from '../product-process.ts';
import type { Dashboard } from './dashboard.ts';

/** The SDK on a page of another site, in a real browser. */
export function sdkExample(dashboard: () => Dashboard): void {
	describe('the example page of the SDK', () => {
		it('sends what its visitor does, and it arrives as theirs', async () => {
			await onExamplePage(dashboard(), async (page, arrived) => {
				await page.goto('/?utm_campaign=two-days&utm_source=mail&ts_link=L-7');
				await page.getByRole('button', { name: 'Look at the copper kettle' }).click();
				await page.getByRole('button', { name: 'Sign in' }).click();
				await page.getByRole('button', { name: 'Have a dealer call me' }).click();
				const events = await arrived(4);
				expect(events).toMatchObject([
					{
						event: 'Page Viewed',
						moment: '',
						channel: 'web',
						campaign: 'two-days',
						properties: { name: 'Kettles' },
					},
					{ event: 'Product Viewed', moment: 'product-viewed', properties: { product_id: 'kettle-copper' } },
					{ event: 'Identified', properties: { plan: 'home' } },
					{ event: 'Callback Requested', moment: 'callback-requested', unit: 'D-KIEL' },
				]);
			});
		});

		it('keeps what happens without a network, over a reload, and sends it later', async () => {
			await onExamplePage(dashboard(), async (page, arrived) => {
				await page.goto('/');
				await arrived(1);
				await page.context().route('**/v1/batch', route => route.abort());
				await page.getByRole('button', { name: 'Look at the copper kettle' }).click();
				await page.reload();
				await page.getByRole('button', { name: 'Have a dealer call me' }).click();
				await page.context().unroute('**/v1/batch');
				await page.evaluate('window.dispatchEvent(new Event("online"))');
				const events = await arrived(4);
				expect(events.map(({ event }) => event)).toEqual([
					'Page Viewed',
					'Product Viewed',
					'Page Viewed',
					'Callback Requested',
				]);
				expect(new Set(events.map(({ customer }) => customer)).size).toBe(1);
			});
		});

		it('hands over what waits when the visitor leaves at once', async () => {
			await onExamplePage(dashboard(), async (page, arrived) => {
				await page.goto('/');
				await page.getByRole('button', { name: 'Have a dealer call me' }).click();
				await page.goto('about:blank');
				expect((await arrived(2)).map(({ event }) => event)).toContain('Callback Requested');
			});
		});

		it('tells nothing of a visitor whose browser says Global Privacy Control, and sets no cookie', async () => {
			await onExamplePage(dashboard(), async page => {
				await page.addInitScript('Object.defineProperty(navigator, "globalPrivacyControl", { value: true })');
				const batches: string[] = [];
				page.on('request', request => request.method() === 'POST' && batches.push(request.url()));
				await page.goto('/', { waitUntil: 'load' });
				await page.getByRole('button', { name: 'Look at the copper kettle' }).click();
				await page.evaluate('touchstone.flush()');
				expect(batches).toEqual([]);
				expect(await page.evaluate('[localStorage.length, document.cookie]')).toEqual([0, '']);
			});
		});

		it('sends from a module of the installation as well', async () => {
			await onExamplePage(dashboard(), async (page, arrived, key) => {
				await page.goto('/empty');
				await page.evaluate(
					`import('${dashboard().product.address}/touchstone.mjs').then(({ createTouchstone }) => {
						createTouchstone({ writeKey: '${key}', host: '${dashboard().product.address}/' }).track('Shop Visited');
					})`,
				);
				expect(await arrived(1)).toMatchObject([{ event: 'Shop Visited', moment: 'shop-visited' }]);
			});
		});

		it('may be kept by browsers for an hour', async () => {
			const answer = await fetch(`${dashboard().product.address}/touchstone.js`);
			expect(Object.fromEntries(answer.headers)).toMatchObject({
				'access-control-allow-origin': '*',
				'cache-control': expect.stringContaining('max-age=3600'),
				'content-type': expect.stringContaining('javascript'),
				'content-encoding': expect.stringMatching(/^(br|gzip)$/),
				'cross-origin-resource-policy': 'cross-origin',
				etag: expect.any(String),
			});
		});
	});

	it('every intake route answers a browser that asks before it sends, and no other route does', async () => {
		const document: unknown = await (await fetch(`${dashboard().product.address}/openapi.json`)).json();
		const paths =
			document instanceof Object && 'paths' in document ? Object.keys(Object(document.paths)) : [];
		const open: string[] = [];
		for (const path of paths) {
			const answer = await fetch(dashboard().product.address + path.replaceAll(/\{\w+\}/g, 'x'), {
				method: 'OPTIONS',
				headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
			});
			if (answer.headers.has('access-control-allow-origin')) open.push(path);
		}
		expect(open.toSorted()).toEqual(intakePaths.toSorted());
		expect(paths.length).toBeGreaterThan(2 * open.length);
	});
}

const intakePaths: readonly string[] = [
	...segmentContracts,
	batchContract,
	cloudEventsContract,
	sendInteractionsContract,
	sendFeedbackContract,
].map(({ path }) => path);

type Arrival = Met & { readonly arrivedAt: string };

/** The example page on an origin of its own, with a key of its own; `arrived` waits for so many events sent with it, oldest first. */
async function onExamplePage(
	dashboard: Dashboard,
	work: (page: Page, arrived: (count: number) => Promise<readonly Arrival[]>, key: string) => Promise<void>,
): Promise<void> {
	const { client, product } = dashboard;
	const name = `example page ${randomUUID()}`;
	const { text } = await client.send('POST', createKey.path, { name, scope: 'intake' }, createKey.answer);
	const html = readFileSync(join(root, 'sdk', 'example', 'index.html'), 'utf8')
		.replace('http://127.0.0.1:7700', product.address)
		.replace('ts_intake_…', text);
	const server = createServer((request, response) => {
		response
			.setHeader('content-type', 'text/html; charset=utf-8')
			.end(request.url === '/empty' ? '<title>Empty</title>' : html);
	});
	const origin = await new Promise<string>(resolve => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve(address instanceof Object ? `http://127.0.0.1:${address.port}` : '');
		});
	});
	const arrived = (count: number) =>
		vi.waitFor(
			async () => {
				const { items } = await client.get(`${tailInteractions.path}?limit=200`, tailInteractions.answer);
				// What was handed over and sent again is the same event, which the tail shows as often as it came.
				const ours = [
					...new Map(items.filter(({ source }) => source === name).map(item => [item.id, item])).values(),
				];
				expect(ours.length).toBeGreaterThanOrEqual(count);
				return ours.toSorted((one, other) => one.time.localeCompare(other.time));
			},
			{ timeout: 15_000, interval: 200 },
		);
	try {
		await dashboard.open(undefined, page => work(page, arrived, text), {
			baseURL: origin,
			besides: [origin],
			provokes: ['ERR_FAILED'],
		});
	} finally {
		server.closeAllConnections();
		server.close();
	}
}
