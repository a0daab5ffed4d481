import { setTimeout as wait } from 'node:timers/promises';
import { type Role, roles } from '@touchstone/domain/access/role';
import { type Answered, Browser } from './browser.ts';
import { openRunningApp, type RunningApp } from './running-app.ts';

/** The ids of what there is one of in each workspace, for asking about somebody else's. */
export type Things = {
	readonly key: string;
	readonly job: string;
	readonly refusal: string;
	readonly importing: string;
	readonly invitation: string;
	readonly annotation: string;
	readonly person: string;
	readonly session: string;
	/** How customers, promises and all that has a name in this workspace begin. */
	readonly mark: string;
};

export type Caller = {
	readonly browser: Browser;
	readonly role: Role;
	/** Whether they were given every unit, or the north only. */
	readonly units: 'all' | 'north';
};

export type TwoWorkspaces = {
	readonly app: RunningApp;
	readonly people: readonly Caller[];
	/** An admin of the other workspace, who belongs to no other. */
	readonly foreigner: Browser;
	readonly keys: Readonly<Record<'admin' | 'read' | 'intake', Browser>>;
	readonly main: Things;
	readonly zulu: Things;
	close(): Promise<void>;
};

/**
 * Two workspaces with the same units and different customers. `main` has a north, where everything is called north, a south,
 * where everything is called south, and an empty unit; in `zulu` everything is called zulu.
 */
export async function openTwoWorkspaces(): Promise<TwoWorkspaces> {
	const app = await openRunningApp();
	const founder = new Browser(app.address);
	await must(
		founder.ask('POST', '/v1/access/setup', {
			token: tokenIn(app.setupLink),
			name: 'Founder',
			email: 'founder@x.example',
			password,
		}),
	);
	await must(founder.ask('POST', '/v1/workspaces', { id: 'zulu', name: 'Zulu' }));
	const people: Caller[] = [];
	const inMain = await fill(app, founder, 'main', 'main', ['north', 'south']);
	const inZulu = await fill(app, founder, 'zulu', 'zulu', ['zulu', 'zulu']);
	for (const role of roles) {
		people.push({ role, units: 'all', browser: await member(app, founder, 'main', role, 'all') });
		if (role === 'admin') continue;
		people.push({ role, units: 'north', browser: await member(app, founder, 'main', role, ['NORTH']) });
	}
	return {
		app,
		people,
		foreigner: await member(app, founder, 'zulu', 'admin', 'all'),
		keys: {
			admin: await withKey(app, founder, 'admin'),
			read: await withKey(app, founder, 'read'),
			intake: await withKey(app, founder, 'intake'),
		},
		main: inMain,
		zulu: inZulu,
		close: () => app.close(),
	};
}

/** @throws Error with what was answered, unless it was a success */
export async function must(asked: Promise<Answered>): Promise<Answered> {
	const answer = await asked;
	if (answer.status < 300) return answer;
	throw new Error(`${answer.status}: ${answer.text}`);
}

const password = 'seven brass kettles';

async function member(
	app: RunningApp,
	founder: Browser,
	workspace: string,
	role: Role,
	units: 'all' | readonly string[],
): Promise<Browser> {
	const email = `${workspace}-${role}-${units === 'all' ? 'all' : 'north'}@x.example`;
	const there = { 'x-workspace': workspace };
	const place = { role, units };
	const { body } = await must(founder.ask('POST', '/v1/access/invitations', { email, place }, there));
	const browser = new Browser(app.address);
	const given = { token: tokenIn(body.link), name: `${workspace} ${role}`, password };
	await must(browser.ask('POST', '/v1/access/invitations/acceptance', given));
	return browser;
}

async function withKey(app: RunningApp, founder: Browser, scope: string): Promise<Browser> {
	const made = await must(founder.ask('POST', '/v1/keys', { name: `${scope} key`, scope }));
	const browser = new Browser(app.address);
	browser.headers.authorization = `Bearer ${made.body.text}`;
	return browser;
}

async function fill(
	app: RunningApp,
	founder: Browser,
	workspace: string,
	mark: string,
	halves: readonly [string, string],
): Promise<Things> {
	const ask = async (method: string, path: string, body?: unknown) =>
		(await must(founder.ask(method, path, body, { 'x-workspace': workspace }))).body;
	await ask('PUT', '/v1/definitions', definitions(mark));
	const [north, south] = halves;
	await ask('POST', '/v1/interactions', [...orders(north, 'N-SHOP', 12, 1), ...orders(south, 'SOUTH', 9, 5)]);
	await ask('POST', '/v1/feedback', [...answers(north, 'N-SHOP', 12, 5), ...answers(south, 'SOUTH', 9, 2)]);
	const text = `${mark} happened`;
	const at = '2026-03-02T00:00:00Z';
	const annotation = await ask('POST', '/v1/annotations', { at, text });
	await ask('POST', '/v1/annotations', { at, text: `${north} happened`, unit: 'N-SHOP' });
	await ask('POST', '/v1/annotations', { at, text: `${south} happened`, unit: 'SOUTH' });
	await founder.ask('POST', '/v1/track', { event: 'X', properties: { mark } }, { 'x-workspace': workspace });
	await founder.ask('POST', '/v1/interactions', { id: `${mark}-refused` }, { 'x-workspace': workspace });
	const refusals = await ask('GET', '/v1/refusals');
	const key = await ask('POST', '/v1/keys', { name: `${mark} key`, scope: 'read' });
	const begun = await ask('POST', '/v1/imports', {
		fingerprint: mark.padEnd(64, '0').replaceAll(/[^0-9a-f]/g, 'a'),
		mapping: { mark },
		files: [{ word: mark, name: `${mark}.csv`, bytes: 1, sha256: '0'.repeat(64) }],
	});
	const invited = await ask('POST', '/v1/access/invitations', {
		email: `${mark}@invited.example`,
		place: { role: 'viewer' },
	});
	await ask('PUT', `/v1/customers/${mark}-suppressed/suppression`, { reason: mark });
	const judged = await ask('POST', '/v1/judgement', {});
	for (;;) {
		const { settled } = await ask('GET', '/v1/judgement');
		if (settled === true) break;
		await wait(50);
	}
	const other = new Browser(app.address);
	await must(other.ask('POST', '/auth/sign-in/email', { email: 'founder@x.example', password }));
	return {
		key: idIn(key.key),
		job: String(judged.job),
		refusal: idIn(Object(refusals.items)[0]),
		importing: idIn(begun.import),
		invitation: idIn(invited.invitation),
		annotation: idIn(annotation),
		person: String((await ask('GET', '/v1/me')).id),
		session: idIn(Object(Object((await other.ask('GET', '/v1/me/sessions')).body).items)[0]),
		mark,
	};
}

function definitions(mark: string): object {
	return {
		touchstone: 1,
		company: { name: `Company ${mark}` },
		units: [
			{ id: 'COUNTRY', name: 'Country' },
			{ id: 'NORTH', name: `Region of ${mark}`, parent: 'COUNTRY' },
			{ id: 'N-SHOP', name: 'Shop', parent: 'NORTH' },
			{ id: 'SOUTH', name: 'Another region', parent: 'COUNTRY' },
			{ id: 'EMPTY', name: 'Empty region', parent: 'COUNTRY' },
		],
		owners: [{ id: `${mark}-chief`, name: `Chief of ${mark}`, businessFunction: 'Marketing' }],
		moments: [
			moment(mark, 'ordered', 'Order Placed'),
			moment(mark, 'delivered', 'Order Delivered'),
			{ ...moment(mark, 'unused', 'Nothing'), claims: [] },
		],
		promises: [
			{
				id: `${mark}-in-two-days`,
				wording: `In two days, says ${mark}.`,
				saidIn: [{ kind: 'page', where: 'Checkout' }],
				moment: `${mark}-delivered`,
				madeBy: `${mark}-chief`,
				keptBy: `${mark}-chief`,
				target: 0.9,
				rule: { kind: 'by', start: `${mark}-ordered`, end: `${mark}-delivered`, due: { within: '2d' } },
			},
		],
	};
}

function moment(mark: string, id: string, event: string): object {
	return {
		id: `${mark}-${id}`,
		name: `${id} at ${mark}`,
		stage: 'buy',
		channel: 'web',
		owner: `${mark}-chief`,
		claims: [{ event }],
	};
}

function orders(half: string, unit: string, count: number, days: number): object[] {
	return Array.from({ length: count }, (_, index) => {
		const common = { customer: `${half}-${index}`, subject: `${half}-order-${index}`, unit, channel: 'web' };
		const placed = Date.parse('2026-03-01T09:00:00Z') + index * 3_600_000;
		const delivered = new Date(placed + days * 86_400_000).toISOString();
		const time = new Date(placed).toISOString();
		return [
			{ ...common, id: `${half}-p-${index}`, event: 'Order Placed', time, revenue: '10', currency: 'EUR' },
			{ ...common, id: `${half}-d-${index}`, event: 'Order Delivered', time: delivered },
		];
	}).flat();
}

function answers(half: string, unit: string, count: number, score: number): object[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `${half}-f-${index}`,
		customer: `${half}-${index}`,
		subject: `${half}-order-${index}`,
		unit,
		time: '2026-03-12T09:00:00Z',
		scale: 'csat-5',
		score,
		words: `${half} words`,
	}));
}

function tokenIn(link: unknown): string {
	return String(link).split('#')[1] ?? '';
}

function idIn(thing: unknown): string {
	return String(Object(thing).id);
}
