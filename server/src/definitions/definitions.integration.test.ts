import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDefinitionsInForce } from './definitions-in-force.queries.ts';
import { type DefinitionsHouse, openDefinitionsHouse } from './testing/definitions-house.ts';

const clock = { now: new Date('2026-03-01T12:00:00Z') };
let open: DefinitionsHouse;
let workspace: Awaited<ReturnType<DefinitionsHouse['workspace']>>;

beforeAll(async () => {
	open = await openDefinitionsHouse(clock);
});
afterAll(() => open.close());
beforeEach(async () => {
	clock.now = new Date('2026-03-01T12:00:00Z');
	workspace = await open.workspace();
});

async function ask(
	method: 'GET' | 'PUT' | 'DELETE',
	url: string,
	body?: object,
	headers: Record<string, string> = {},
) {
	const answer = await open.app.inject({
		method,
		url,
		headers: { authorization: `Bearer ${headers.key ?? `${workspace}:admin`}`, ...headers },
		...(body ? { payload: body } : {}),
	});
	return { status: answer.statusCode, body: answer.json(), etag: answer.headers.etag };
}

const ordered = {
	name: 'Order placed',
	stage: 'buy',
	channel: 'web',
	claims: [{ event: 'Order Completed' }],
};
const delivered = { name: 'Delivered', stage: 'buy', channel: 'delivery', physical: true };
const inTime = {
	wording: 'Yours in two days',
	moment: 'delivered',
	rule: { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '48h' } },
};
const whole = {
	touchstone: 1,
	company: { name: 'Kettle & Co' },
	units: [
		{ id: 'DE', name: 'Germany' },
		{ id: 'DE-1', name: 'Ulm', parent: 'DE' },
	],
	owners: [{ id: 'chief', name: 'Ada Bell', businessFunction: 'marketing' }],
	moments: [
		{ id: 'ordered', ...ordered },
		{ id: 'delivered', ...delivered },
	],
	promises: [{ id: 'in-time', ...inTime }],
};

describe('one definition', () => {
	test('is created, changed and read with its version, author and time', async () => {
		const created = await ask('PUT', '/v1/moments/ordered', ordered);
		expect(created).toMatchObject({
			status: 200,
			etag: '"1"',
			body: { version: 1, author: 'Ada (admin)', at: '2026-03-01T12:00:00.000Z', archived: false },
		});
		clock.now = new Date('2026-03-02T12:00:00Z');
		await ask('PUT', '/v1/moments/ordered', { ...ordered, name: 'Ordered' });
		expect(await ask('GET', '/v1/moments/ordered')).toMatchObject({
			etag: '"2"',
			body: {
				definition: { id: 'ordered', name: 'Ordered', physical: false },
				version: 2,
				at: '2026-03-02T12:00:00.000Z',
			},
		});
		const versions = await ask('GET', '/v1/moments/ordered/versions');
		expect(versions.body.items.map((item: { version: number }) => item.version)).toEqual([2, 1]);
	});

	test('written again as it stands gets no new version', async () => {
		await ask('PUT', '/v1/moments/ordered', ordered);
		expect(await ask('PUT', '/v1/moments/ordered', { id: 'ordered', ...ordered })).toMatchObject({
			etag: '"1"',
		});
	});

	test('is changed only on the version the client knows', async () => {
		const fresh = { 'if-none-match': '*' };
		expect((await ask('PUT', '/v1/moments/ordered', ordered, fresh)).status).toBe(200);
		expect(await ask('PUT', '/v1/moments/ordered', ordered, fresh)).toMatchObject({
			status: 409,
			body: { code: 'version-conflict' },
		});
		const renamed = { ...ordered, name: 'Ordered' };
		expect((await ask('PUT', '/v1/moments/ordered', renamed, { 'if-match': '"2"' })).status).toBe(409);
		expect((await ask('PUT', '/v1/moments/ordered', renamed, { 'if-match': '"1"' })).status).toBe(200);
		expect((await ask('DELETE', '/v1/moments/ordered', undefined, { 'if-match': '"1"' })).status).toBe(409);
		expect((await ask('DELETE', '/v1/moments/ordered', undefined, { 'if-match': 'W/"2"' })).status).toBe(200);
	});

	test('that names something unknown is refused with the place in it, and nothing is stored', async () => {
		expect(await ask('PUT', '/v1/promises/in-time', inTime)).toMatchObject({
			status: 422,
			body: {
				code: 'definition-invalid',
				invalid_params: [
					{ name: 'moment', reason: 'there is no moment "delivered"' },
					{ name: 'rule.start', reason: 'there is no moment "ordered"' },
					{ name: 'rule.end', reason: 'there is no moment "delivered"' },
				],
			},
		});
		expect((await ask('GET', '/v1/promises/in-time')).status).toBe(404);
		expect((await ask('GET', '/v1/definitions')).body.revision).toBe(0);
	});

	test('that does not fit its schema, or has another id than its address, is refused', async () => {
		expect(await ask('PUT', '/v1/moments/ordered', { ...ordered, stage: 'sell' })).toMatchObject({
			status: 400,
			body: { code: 'request-invalid', invalid_params: [{ name: 'stage' }] },
		});
		expect(await ask('PUT', '/v1/moments/ordered', { ...ordered, id: 'other' })).toMatchObject({
			status: 400,
			body: { invalid_params: [{ name: 'id' }] },
		});
		expect((await ask('PUT', '/v1/moments/Not%20an%20id', ordered)).status).toBe(400);
		expect((await ask('PUT', '/v1/moments/ordered?effectiveFrom=2026-01-01', ordered)).status).toBe(400);
	});

	test('is archived, stays readable with its versions, and is restored as it stood', async () => {
		await ask('PUT', '/v1/moments/ordered', ordered);
		expect((await ask('DELETE', '/v1/moments/ordered')).body).toMatchObject({ version: 2, archived: true });
		expect((await ask('GET', '/v1/moments')).body.items).toEqual([]);
		expect((await ask('GET', '/v1/moments?archived=true')).body.items).toHaveLength(1);
		expect((await ask('GET', '/v1/moments/ordered')).body).toMatchObject({ archived: true });
		expect((await ask('DELETE', '/v1/moments/ordered')).body).toMatchObject({ version: 2 });
		expect((await ask('PUT', '/v1/moments/ordered/restoration')).body).toMatchObject({
			version: 3,
			archived: false,
			definition: { claims: [{ event: 'Order Completed', where: [] }] },
		});
		expect((await ask('PUT', '/v1/moments/nothing/restoration')).status).toBe(404);
	});

	test('that another needs is not archived', async () => {
		await ask('PUT', '/v1/definitions', whole);
		expect(await ask('DELETE', '/v1/moments/delivered')).toMatchObject({
			status: 422,
			body: {
				invalid_params: [{ name: 'promises.in-time.moment' }, { name: 'promises.in-time.rule.end' }],
			},
		});
	});

	test('tells what belongs to it', async () => {
		await ask('PUT', '/v1/definitions', whole);
		await ask('PUT', '/v1/owners/depot', { name: 'Bo', businessFunction: 'logistics', reportsTo: 'chief' });
		expect((await ask('GET', '/v1/owners/depot')).body.details.chain).toEqual(['depot', 'chief']);
		expect((await ask('GET', '/v1/units/DE')).body.details.below).toEqual(['DE', 'DE-1']);
		expect((await ask('GET', '/v1/moments/ordered')).body.details.promises).toEqual(['in-time']);
		expect((await ask('GET', '/v1/promises/in-time')).body.details.ruleInWords).toBe(
			'After “Order placed”, “Delivered” follows within 2 days, otherwise it is broken.',
		);
	});

	test('needs an admin key to be changed and a reading one to be seen', async () => {
		const intake = { key: `${workspace}:intake` };
		const read = { key: `${workspace}:read` };
		expect((await ask('PUT', '/v1/moments/ordered', ordered, read)).status).toBe(403);
		expect((await ask('PUT', '/v1/moments/ordered', ordered)).status).toBe(200);
		expect((await ask('GET', '/v1/moments/ordered', undefined, read)).status).toBe(200);
		expect((await ask('GET', '/v1/moments/ordered', undefined, intake)).status).toBe(403);
		expect((await ask('GET', '/v1/moments/ordered', undefined, { key: 'nobody' })).status).toBe(401);
	});

	test('is seen by its own company only', async () => {
		await ask('PUT', '/v1/moments/ordered', ordered);
		const other = await open.workspace();
		const key = { key: `${other}:admin` };
		expect((await ask('GET', '/v1/moments/ordered', undefined, key)).status).toBe(404);
		expect((await ask('GET', '/v1/moments', undefined, key)).body.items).toEqual([]);
	});
});

describe('lists', () => {
	test('come in pages in the order of their ids', async () => {
		const units = Array.from({ length: 25 }, (_, place) => ({ id: `U${place}`, name: `Unit ${place}` }));
		await ask('PUT', '/v1/definitions', { ...whole, units });
		const seen: string[] = [];
		let cursor = '';
		do {
			const { body } = await ask('GET', `/v1/units?limit=10${cursor ? `&cursor=${cursor}` : ''}`);
			seen.push(...body.items.map((item: { definition: { id: string } }) => item.definition.id));
			cursor = body.nextCursor;
		} while (cursor);
		expect(seen).toEqual(units.map(({ id }) => id).sort());
		expect((await ask('GET', '/v1/units?cursor=%00')).status).toBe(400);
	});

	test('of stages and channels count their moments', async () => {
		await ask('PUT', '/v1/definitions', whole);
		const stages = (await ask('GET', '/v1/stages')).body.items;
		expect(stages.map((item: { stage: string }) => item.stage).slice(0, 3)).toEqual([
			'discover',
			'evaluate',
			'buy',
		]);
		expect(stages).toContainEqual({ stage: 'buy', moments: 2 });
		expect((await ask('GET', '/v1/channels')).body.items).toContainEqual({ channel: 'web', moments: 1 });
	});
});

describe('definitions as a whole', () => {
	test('a dry run says what applying will do and does nothing', async () => {
		const dry = await ask('PUT', '/v1/definitions?dryRun=true', whole);
		expect(dry).toMatchObject({
			status: 200,
			etag: '"0"',
			body: { dryRun: true, revision: 0, renameJob: null },
		});
		expect((await ask('GET', '/v1/definitions')).body.definitions.moments).toEqual([]);
		const applied = await ask('PUT', '/v1/definitions', whole);
		expect(applied.body.changes).toEqual(dry.body.changes);
		expect(applied.body.revision).toBe(1);
	});

	test('what was applied is exported and applying the export changes nothing', async () => {
		await ask('PUT', '/v1/definitions', whole);
		const exported = await ask('GET', '/v1/definitions');
		expect(exported.body.definitions.promises[0]).toMatchObject({ id: 'in-time', target: 0.95 });
		expect((await ask('PUT', '/v1/definitions', exported.body.definitions)).body).toMatchObject({
			changes: [],
			revision: 1,
		});
		const other = await open.workspace();
		const key = { key: `${other}:admin` };
		await ask('PUT', '/v1/definitions', exported.body.definitions, key);
		expect((await ask('GET', '/v1/definitions', undefined, key)).body.definitions).toEqual(
			exported.body.definitions,
		);
	});

	test('what a file leaves out is archived, and comes back as a further version', async () => {
		await ask('PUT', '/v1/definitions', whole);
		const less = await ask('PUT', '/v1/definitions', { ...whole, promises: [] });
		expect(less.body.changes).toMatchObject([{ change: 'archive', kind: 'promise', id: 'in-time' }]);
		const again = await ask('PUT', '/v1/definitions', whole);
		expect(again.body.changes).toMatchObject([{ change: 'create', kind: 'promise', id: 'in-time' }]);
		expect((await ask('GET', '/v1/promises/in-time')).body).toMatchObject({ version: 3, archived: false });
	});

	test('definitions that do not hold together are refused whole, places named as in the file', async () => {
		const broken = { ...whole, promises: [{ id: 'in-time', ...inTime, keptBy: 'nobody' }] };
		expect(await ask('PUT', '/v1/definitions', broken)).toMatchObject({
			status: 422,
			body: { invalid_params: [{ name: 'promises[0].keptBy', reason: 'there is no owner "nobody"' }] },
		});
		expect((await ask('GET', '/v1/definitions')).body.revision).toBe(0);
	});

	test('are applied only on the revision the client knows', async () => {
		expect((await ask('PUT', '/v1/definitions', whole, { 'if-match': '"0"' })).status).toBe(200);
		expect((await ask('PUT', '/v1/definitions', whole, { 'if-match': '"0"' })).status).toBe(409);
	});

	test('may hold twenty thousand units', async () => {
		const units = Array.from({ length: 20_000 }, (_, place) => ({
			id: `D-${place}`,
			name: `Dealer number ${place} in the high street`,
			...(place > 0 ? { parent: 'D-0' } : {}),
		}));
		expect((await ask('PUT', '/v1/definitions', { ...whole, units })).body.changes).toHaveLength(20_004);
		expect((await ask('PUT', '/v1/definitions', { ...whole, units })).body.changes).toEqual([]);
	});

	test('changes made at the same time take turns: none is lost', async () => {
		await ask('PUT', '/v1/definitions', whole);
		const writes = Array.from({ length: 12 }, (_, place) =>
			ask('PUT', `/v1/moments/moment-${place}`, { ...ordered, claims: [] }),
		);
		expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(Array(12).fill(200));
		const { body } = await ask('GET', '/v1/definitions');
		expect(body.definitions.moments).toHaveLength(14);
		expect(body.revision).toBe(13);
	});
});

describe('the company', () => {
	test('has the name of its workspace until it is written', async () => {
		expect(await ask('GET', '/v1/company')).toMatchObject({
			etag: '"0"',
			body: { definition: { name: 'Kettle & Co', currency: 'EUR' }, version: 0, author: null },
		});
		const francs = { name: 'Kettle & Co', currency: 'CHF' };
		expect((await ask('PUT', '/v1/company', francs, { 'if-match': '"0"' })).body).toMatchObject({
			version: 1,
		});
		expect((await ask('GET', '/v1/company/versions')).body.items).toMatchObject([
			{ definition: { currency: 'CHF', timeZone: 'UTC' }, author: 'Ada (admin)' },
		]);
		expect((await ask('GET', '/v1/definitions')).body.definitions.company.currency).toBe('CHF');
	});
});

describe('versions of a promise', () => {
	const spans = async () =>
		(await open.inForce.of(workspace)).versions.map(({ version, from, to }) => [
			version,
			from?.toISOString().slice(0, 10) ?? null,
			to?.toISOString().slice(0, 10) ?? null,
		]);
	const within = (time: string) => ({ ...inTime, rule: { ...inTime.rule, due: { within: time } } });

	test('the first judges all occasions, a later one those from now or from the day it says', async () => {
		await ask('PUT', '/v1/definitions', whole);
		expect(await spans()).toEqual([[1, null, null]]);
		await ask('PUT', '/v1/promises/in-time', within('72h'));
		expect(await spans()).toEqual([
			[1, null, '2026-03-01'],
			[2, '2026-03-01', null],
		]);
		await ask('PUT', '/v1/promises/in-time?effectiveFrom=2026-02-01', within('24h'));
		expect(await spans()).toEqual([
			[1, null, '2026-02-01'],
			[3, '2026-02-01', null],
		]);
		expect((await ask('GET', '/v1/promises/in-time')).body.effectiveFrom).toBe('2026-02-01T00:00:00.000Z');
	});

	test('archiving ends the promise, also from a day given', async () => {
		await ask('PUT', '/v1/definitions', whole);
		await ask('DELETE', '/v1/promises/in-time?effectiveFrom=2026-05-01');
		expect(await spans()).toEqual([[1, null, '2026-05-01']]);
		await ask('PUT', '/v1/promises/in-time/restoration?effectiveFrom=2026-06-01');
		expect(await spans()).toEqual([
			[1, null, '2026-05-01'],
			[3, '2026-06-01', null],
		]);
	});

	test('applying definitions with a day lets every changed promise judge from that day', async () => {
		await ask('PUT', '/v1/definitions', whole);
		const changed = { ...whole, promises: [{ id: 'in-time', ...within('96h') }] };
		await ask('PUT', '/v1/definitions?effectiveFrom=2026-01-01', changed);
		expect(await spans()).toEqual([
			[1, null, '2026-01-01'],
			[2, '2026-01-01', null],
		]);
	});
});

describe('definitions in force', () => {
	test('a change is in force at once where it was made, and soon in other processes', async () => {
		const elsewhere = openDefinitionsInForce(open.stores.postgres, open.house.log);
		try {
			const met = { event: 'Order Completed', properties: {} };
			expect((await elsewhere.of(workspace)).nameOf(met)).toBe('');
			await ask('PUT', '/v1/moments/ordered', ordered);
			expect((await open.inForce.of(workspace)).nameOf(met)).toBe('ordered');
			await expect
				.poll(async () => (await elsewhere.of(workspace)).nameOf(met), { timeout: 5_000 })
				.toBe('ordered');
			expect((await elsewhere.of(workspace)).revision).toBe(1);
		} finally {
			await elsewhere.close();
		}
	});

	test('a change announces itself, and one that moves claims asks for past interactions to be renamed', async () => {
		const applied = await ask('PUT', '/v1/definitions', whole);
		expect(applied.body.renameJob).toEqual(expect.any(String));
		const changed = await ask('PUT', '/v1/moments/ordered', { ...ordered, name: 'Ordered' });
		expect(changed.status).toBe(200);
		const seen = await open.stores.postgres.inWorkspace({ workspace, units: 'all' }, async trx => ({
			announcements: await trx.selectFrom('announcements').select(['kind', 'body']).orderBy('id').execute(),
			jobs: await trx.selectFrom('long_jobs').select(['id', 'kind', 'detail']).execute(),
		}));
		expect(seen.announcements).toMatchObject([
			{ kind: 'definitions-changed', body: { revision: 1 } },
			{ body: { revision: 2, changes: [{ change: 'update', kind: 'moment', id: 'ordered' }] } },
		]);
		expect(seen.jobs).toMatchObject([
			{ id: applied.body.renameJob, kind: 'rename-moments', detail: { events: ['Order Completed'] } },
		]);
	});
});

describe('findings', () => {
	test('name what someone should look at', async () => {
		await ask('PUT', '/v1/definitions', whole);
		const { body } = await ask('GET', '/v1/definitions/findings');
		expect(body.findings.map(({ code }: { code: string }) => code)).toEqual([
			'moment-without-owner',
			'moment-without-owner',
			'promise-without-keeper',
			'moment-without-claim',
		]);
	});
});
