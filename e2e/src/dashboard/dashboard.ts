import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadDemo } from '@touchstone/demo/load-demo.client';
import { TouchstoneClient } from '@touchstone/demo/touchstone.client';
import { setUp } from '@touchstone/domain/access/entry.contract';
import { acceptInvitation, invite } from '@touchstone/domain/access/invitations.contract';
import type { Place } from '@touchstone/domain/access/membership';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import { type ProductProcess, root, startProduct } from '../product-process.ts';
import { watch } from './watch.ts';

/** The product as its own process, and the browser people open it with. */
export type Dashboard = {
	readonly product: ProductProcess;
	/** Asks with the admin key. */
	readonly client: TouchstoneClient;
	readonly browser: Browser;
	/** The link that is printed as long as nobody is an admin. */
	setupLink(): Promise<string>;
	/** The first admin, who came by the setup link. */
	admin(): Promise<Person>;
	/** Somebody else with that place, who came by an invitation. */
	person(name: string, place: Place): Promise<Person>;
	/**
	 * Opens a page, as somebody or nobody, lets the work be done and closes it.
	 * @throws Error when a page asked another host, reported an error, or came without a security policy
	 */
	open(as: Person | undefined, work: (page: Page) => Promise<void>, options?: OpenOptions): Promise<void>;
	close(): Promise<void>;
};

export type Person = {
	readonly email: string;
	readonly password: string;
	/** What their browser keeps after they came in. */
	readonly kept: NonNullable<BrowserContextOptions['storageState']>;
};

export type OpenOptions = Pick<BrowserContextOptions, 'baseURL' | 'colorScheme' | 'locale' | 'viewport'> & {
	/** Other origins that are part of the test. */
	readonly besides?: readonly string[];
	/** What the console may say besides, because the test means it to happen. */
	readonly provokes?: readonly string[];
};

export const screenshots = join(root, 'screenshots');

/** The product with nothing in it. */
export async function openEmptyDashboard(
	browser: Browser,
	environment: Record<string, string> = {},
): Promise<Dashboard> {
	const folder = mkdtempSync(join(tmpdir(), 'touchstone-dashboard-'));
	const product = await startProduct(folder, environment);
	return {
		...dashboardOf(product, browser),
		async close() {
			await product.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** What tests do with a product that runs. */
export function dashboardOf(product: ProductProcess, browser: Browser): Omit<Dashboard, 'close'> {
	const client = new TouchstoneClient(product.address, product.key);
	let first: Promise<Person> | undefined;

	const enter = async (path: string, email: string, body: object): Promise<Person> => {
		const context = await browser.newContext();
		const answer = await context.request.post(product.address + path, {
			data: { ...body, password },
			headers: { origin: product.address },
		});
		if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
		const kept = await context.storageState();
		await context.close();
		return { email, password, kept };
	};
	const setupLink = async () => {
		for (;;) {
			const link = /https?:\/\/\S+\/setup#\S+(?=\s)/.exec(product.printed())?.[0];
			if (link) return link;
			await wait(20);
		}
	};
	return {
		product,
		client,
		browser,
		setupLink,
		admin() {
			first ??= setupLink().then(link =>
				enter(setUp.path, 'chief@lumenhaus.example', {
					token: tokenOf(link),
					name: 'Chief Marketing Officer',
					email: 'chief@lumenhaus.example',
				}),
			);
			return first;
		},
		async person(name, place) {
			const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@lumenhaus.example`;
			const { link } = await client.send('POST', invite.path, { email, place }, invite.answer);
			if (link === null) throw new Error('an invitation was mailed, which nobody reads here');
			return enter(acceptInvitation.path, email, { token: tokenOf(link), name });
		},
		async open(as, work, { besides = [], provokes = [], ...options } = {}) {
			const context = await browser.newContext({
				baseURL: product.address,
				locale: 'en-GB',
				viewport: { width: 1440, height: 900 },
				reducedMotion: 'reduce',
				...options,
				...(as ? { storageState: as.kept } : {}),
			});
			context.setDefaultTimeout(15_000);
			const faults = watch(context, [product.address, ...besides], provokes);
			try {
				await work(await context.newPage());
			} finally {
				await context.close();
			}
			if (faults.length > 0) throw new Error(`The browser reported:\n${faults.join('\n')}`);
		},
	};
}

/** The product with Lumenhaus in it, and a browser. */
export async function openDashboard(): Promise<Dashboard> {
	const browser = await launchChromium();
	const dashboard = await openEmptyDashboard(browser);
	const today = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000);
	await loadDemo(dashboard.client, { ends: today, customers });
	return {
		...dashboard,
		async close() {
			await browser.close();
			await dashboard.close();
		},
	};
}

/** Enough of Lumenhaus's customers to see which dealer breaks the promise. */
const customers = 4_000;
const password = 'Kettles boil, lamps glow 7';

function tokenOf(link: string): string {
	return new URL(link).hash.slice(1);
}
