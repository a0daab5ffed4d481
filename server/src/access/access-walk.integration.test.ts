import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answered, Browser } from './testing/browser.ts';
import { openRoutes, type RouteRow, routeTable } from './testing/route-table.ts';
import { type Caller, openTwoWorkspaces, type TwoWorkspaces } from './testing/two-workspaces.ts';

let house: TwoWorkspaces;
beforeAll(async () => {
	house = await openTwoWorkspaces();
}, 120_000);
afterAll(() => house?.close());

const rows = Object.entries(routeTable);

test('every operation stands in the table, and nothing else does', async () => {
	const { body } = await house.keys.admin.ask('GET', '/openapi.json');
	const served = Object.values(Object(body.paths)).flatMap(methods =>
		Object.values(Object(methods)).map(operation => String(Object(operation).operationId)),
	);
	expect([...Object.keys(routeTable), ...openRoutes].sort()).toEqual(served.sort());
});

describe.each(rows)('%s', (_, row) => {
	test('is for exactly these roles, and shows them what belongs to their units', async () => {
		await together(house.people, async who => {
			const answer = await asked(row, who.browser);
			const name = `${who.role} of ${who.units}`;
			const refused = expectedOf(row, who);
			expect([name, refusalIn(answer)]).toEqual([name, refused]);
			if (refused !== '' || row.shows === 'nothing') return;
			expect([name, answer.status]).toEqual([name, 200]);
			expect(answer.text).not.toMatch(/zulu-|zulu words|of zulu/i);
			if (row.shows !== 'halves') return;
			if (who.units === 'all') expect(answer.text).toMatch(/south/);
			else expect(answer.text).not.toMatch(/south/i);
		});
	});

	test('is for exactly these keys, and for nobody without', async () => {
		for (const scope of ['admin', 'read', 'intake'] as const) {
			const answer = await asked(row, house.keys[scope]);
			const refused = refusalIn(answer);
			const expected = row.keys.includes(scope) ? ['', 'person-needed', 'key-needed'] : ['key-scope'];
			expect([scope, expected]).toEqual([scope, expect.arrayContaining([refused])]);
		}
		const nobody = await asked(row, new Browser(house.app.address));
		expect(nobody.status).toBe(401);
	});

	test('answers nobody of a workspace they do not belong to', async () => {
		await together(house.people, async who => {
			const [method, path, body] = row.ask(house.zulu, house.zulu);
			const answer = await who.browser.ask(method, path.replace('{unit}', 'SOUTH'), body, {
				'x-workspace': 'zulu',
			});
			expect([who.role, answer.body.code]).toEqual([who.role, 'membership-missing']);
		});
		// Everything that main's people would name.
		const [method, path, body] = row.ask(house.main, house.main);
		const foreign = await house.foreigner.ask(method, path.replace('{unit}', 'SOUTH'), body);
		expect([0, 400, 404, 422]).toContain(foreign.status < 300 ? 0 : foreign.status);
		// A refusal says what was asked for; an answer must know nothing of it.
		if (foreign.status < 300 && row.shows !== 'nothing')
			expect(foreign.text).not.toMatch(/north|south|main-/);
	});
});

test.each(rows.filter(([, row]) => row.shows === 'figures'))(
	'%s of a foreign unit is as of one where nobody ever was',
	async (_, row) => {
		const [whole, north] = (['all', 'north'] as const).map(units =>
			house.people.find(who => who.role === 'viewer' && who.units === units),
		);
		const of = async (who: Caller | undefined, unit: string) => {
			const { body } = await asked(row, (who ?? missing()).browser, unit);
			// Everybody with all units reads every note, whichever unit they ask about; notes have a row of their own.
			return JSON.stringify({ ...body, annotations: [] })
				.replaceAll(unit, '')
				.replaceAll(clock, '');
		};
		expect(await of(whole, 'SOUTH')).not.toBe(await of(whole, 'EMPTY'));
		expect(await of(north, 'SOUTH')).toBe(await of(north, 'EMPTY'));
		expect(await of(north, 'SOUTH')).not.toBe(await of(whole, 'SOUTH'));
		// All that they may see is the north, whether they say so or not.
		expect(await of(north, 'NORTH')).toBe(await of(whole, 'NORTH'));
		expect(await of(north, 'COUNTRY')).not.toBe(await of(whole, 'COUNTRY'));
	},
);

test('one customer of a foreign unit is as one who never was', async () => {
	const north = house.people.filter(
		who => who.units === 'north' && ['analyst', 'frontline'].includes(who.role),
	);
	for (const { browser } of north) {
		for (const path of ['', '/timeline', '/export']) {
			const foreign = await browser.ask('GET', `/v1/customers/south-0${path}`);
			const nobody = await browser.ask('GET', `/v1/customers/no-such-0${path}`);
			expect([path, foreign.status]).toEqual([path, nobody.status]);
			expect(foreign.body.items ?? foreign.body.code).toEqual(nobody.body.items ?? nobody.body.code);
			const own = await browser.ask('GET', `/v1/customers/north-0${path}`);
			if (own.status === 200) expect(own.text).toContain('north');
		}
	}
});

test('units one was not given are not even named', async () => {
	for (const who of house.people.filter(({ units }) => units === 'north')) {
		const { text } = await who.browser.ask('GET', '/v1/units');
		expect(text).toContain('N-SHOP');
		expect(text).not.toMatch(/SOUTH|EMPTY|COUNTRY","name/);
		expect((await who.browser.ask('GET', '/v1/units/SOUTH')).status).toBe(404);
		expect((await who.browser.ask('GET', '/v1/units/SOUTH/versions')).status).toBe(404);
	}
});

test('after all that, everything in both workspaces is as it was', async () => {
	const { main } = house;
	const admin = house.people.find(who => who.role === 'admin')?.browser ?? missing();
	const keys = await admin.ask('GET', '/v1/keys');
	expect(keys.text).not.toContain('"revokedAt":"');
	expect((await admin.ask('GET', '/v1/access/invitations')).text).toContain(main.invitation);
	expect((await admin.ask('GET', '/v1/refusals')).text).toContain(`"id":"${main.refusal}"`);
	expect((await admin.ask('GET', '/v1/annotations')).text).toContain(main.annotation);
	expect((await admin.ask('GET', '/v1/people')).text).toContain(main.person);
	expect((await admin.ask('GET', `/v1/customers/${main.mark}-suppressed/suppression`)).status).toBe(200);
	const { zulu, foreigner } = house;
	expect((await foreigner.ask('GET', '/v1/keys')).text).not.toContain('"revokedAt":"');
	expect((await foreigner.ask('GET', '/v1/access/invitations')).text).toContain(zulu.invitation);
	expect((await admin.ask('GET', '/v1/audit')).text).toContain(main.key);
	expect((await admin.ask('GET', '/v1/audit')).text).not.toContain(zulu.key);
	expect((await foreigner.ask('GET', '/v1/audit')).text).not.toContain(main.key);
});

/** Answers change with the clock only here. */
const clock = /"(asOf|now|to|from|computedAt)":"[^"]*"/g;

function asked(row: RouteRow, browser: Browser, unit = 'COUNTRY'): Promise<Answered> {
	const [method, path, body] = row.ask(house.main, house.zulu);
	return browser.ask(method, path.replace('{unit}', unit), body);
}

function expectedOf(row: RouteRow, who: Caller): string {
	if (!row.roles.includes(who.role)) return 'role-lacking';
	return who.units === 'all' || row.cut ? '' : 'units-lacking';
}

/** Which refusal of who asks it was, if any; whatever else is wrong with a question is not looked at here. */
function refusalIn({ status, body }: Answered): string {
	if (status === 401 || status === 403) return String(body.code).replace('key-needed', '');
	if (status >= 500) return `${status}`;
	return '';
}

async function together<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
	await Promise.all(list.map(work));
}

function missing(): never {
	throw new Error('nobody of this kind was made');
}
