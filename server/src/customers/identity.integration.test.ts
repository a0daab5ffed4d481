import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
	type ListeningServer,
	openSharedStores,
	type SharedStores,
	startListeningServer,
	workspace,
} from '../interactions/testing/listening-server.ts';
import { type ObstructedColumns, obstruct } from '../interactions/testing/obstructed-columns.ts';

let shared: SharedStores;
let engine: ObstructedColumns;
/** Two processes that know nothing of each other's memory. */
let here: ListeningServer;
let there: ListeningServer;

beforeAll(async () => {
	shared = await openSharedStores();
	engine = obstruct(shared.stores.columns);
	here = await startListeningServer(shared.stores, { columns: engine.columns });
	there = await startListeningServer(shared.stores);
});
afterAll(async () => {
	await here?.close();
	await there?.close();
	await shared?.close();
});

/** Standing events whose ids begin so, as `id person`. */
async function standing(
	prefix: string,
	table: 'interactions' | 'feedback' = 'interactions',
): Promise<string[]> {
	const rows = await here.rows(
		`SELECT id, person FROM ${table} FINAL WHERE workspace = {workspace:String} AND startsWith(id, {prefix:String}) ORDER BY id, person`,
		z.object({ id: z.string(), person: z.string() }),
		{ workspace, prefix },
	);
	return rows.map(row => `${row.id} ${row.person}`);
}

function visit(server: ListeningServer, anonymousId: string, messageId: string) {
	return server.send('/v1/track', { anonymousId, event: 'Product Viewed', messageId });
}

const everyone = { sql: 'workspace = {workspace:String}', params: { workspace } };

describe('anonymous visits and customers', () => {
	test('visits join the customer on identify, also those of the past and those still to come', async () => {
		await visit(here, 'sofa', 'join-1');
		await here.send('/v1/feedback', { id: 'join-f', time: '2026-03-01', anonymousId: 'sofa', words: 'Nice' });
		expect(await standing('join-1')).toEqual(['join-1 anon:sofa']);
		expect(
			(await here.send('/v1/identify', { anonymousId: 'sofa', userId: 'nora', messageId: 'join-2' })).status,
		).toBe(200);
		await here.settled();
		await visit(here, 'sofa', 'join-3');
		expect(await standing('join-')).toEqual(['join-1 user:nora', 'join-2 user:nora', 'join-3 user:nora']);
		expect(await standing('join-', 'feedback')).toEqual(['join-f user:nora']);
	});

	test('a visit taken by a process that does not know yet is settled when it arrives', async () => {
		await here.send('/v1/identify', { anonymousId: 'bench', userId: 'emil', messageId: 'late-1' });
		await here.settled();
		await visit(there, 'bench', 'late-2');
		expect(await standing('late-')).toEqual(['late-1 user:emil', 'late-2 anon:bench']);
		await there.listening.identities.settleIdentities(workspace, everyone);
		expect(await standing('late-')).toEqual(['late-1 user:emil', 'late-2 user:emil']);
	});

	test('a visit that was accepted before the merge and reaches the log after it is settled when it arrives', async () => {
		const release = engine.hold();
		const { inserts } = engine;
		const busy = here.send('/v1/track', { userId: 'nora', event: 'Delivered', messageId: 'busy' });
		while (engine.inserts === inserts) await new Promise(resolve => setTimeout(resolve, 1));
		expect((await visit(here, 'stool', 'slow-1')).status).toBe(200);
		const merge = { anonymousId: 'stool', userId: 'ida', messageId: 'slow-2' };
		expect((await here.send('/v1/identify', merge)).status).toBe(200);
		await here.listening.identities.settleLinked();
		release();
		await busy;
		expect(await standing('slow-')).toEqual(['slow-1 anon:stool', 'slow-2 user:ida']);
		await there.listening.identities.settleIdentities(workspace, everyone);
		expect(await standing('slow-')).toEqual(['slow-1 user:ida', 'slow-2 user:ida']);
	});

	test('a device that is handed on does not melt two customers into one', async () => {
		await here.send('/v1/identify', { anonymousId: 'kiosk', userId: 'first', messageId: 'kiosk-1' });
		await there.send('/v1/identify', { anonymousId: 'kiosk', userId: 'second', messageId: 'kiosk-2' });
		await visit(there, 'kiosk', 'kiosk-3');
		await there.send('/v1/alias', { previousId: 'kiosk', userId: 'second', messageId: 'kiosk-4' });
		await here.settled();
		expect(await standing('kiosk-')).toEqual([
			'kiosk-1 user:first',
			'kiosk-2 user:second',
			'kiosk-3 user:first',
			'kiosk-4 user:second',
		]);
	});

	test('an alias merges two customers, with the visitors of the first', async () => {
		await visit(here, 'phone', 'merge-1');
		await here.send('/v1/identify', { anonymousId: 'phone', userId: 'lea@old', messageId: 'merge-2' });
		await there.send('/v1/track', { userId: 'lea@old', event: 'Delivered', messageId: 'merge-3' });
		await there.send('/v1/alias', { previousId: 'lea@old', userId: 'lea', messageId: 'merge-4' });
		await here.settled();
		await here.send('/v1/track', { userId: 'lea@old', event: 'Delivered', messageId: 'merge-5' });
		await here.listening.identities.settleIdentities(workspace, everyone);
		expect(await standing('merge-')).toEqual([1, 2, 3, 4, 5].map(n => `merge-${n} user:lea`));
	});

	test('an event that is sent again after it moved still counts once, and its new content stands', async () => {
		const event = (outcome: string) => ({
			anonymousId: 'desk',
			event: 'Call Ended',
			messageId: 'again-1',
			properties: { outcome },
		});
		await here.send('/v1/track', event('open'));
		await here.send('/v1/identify', { anonymousId: 'desk', userId: 'kim', messageId: 'again-2' });
		await here.settled();
		await there.send('/v1/track', event('solved'));
		await there.listening.identities.settleIdentities(workspace, everyone);
		const rows = await here.rows(
			"SELECT person, outcome FROM interactions FINAL WHERE id = 'again-1'",
			z.object({ person: z.string(), outcome: z.string() }),
		);
		expect(rows).toEqual([{ person: 'user:kim', outcome: 'solved' }]);
	});

	test('many merges at the same time, in two processes, leave every event once under the one root of its ids', async () => {
		const customers = ['a', 'b', 'c', 'd', 'e'];
		const visitors = ['v', 'w', 'x', 'y', 'z'];
		const claim = fc.record({
			kind: fc.constantFrom('identify', 'merge'),
			visitor: fc.constantFrom(...visitors),
			previous: fc.constantFrom(...customers),
			customer: fc.constantFrom(...customers),
			there: fc.boolean(),
		});
		let run = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(claim, { minLength: 1, maxLength: 16 }), async claims => {
				run += 1;
				const named = (id: string) => `r${run}-${id}`;
				const before = {
					batch: [
						...customers.map(id => ({ userId: named(id), messageId: `${named(id)}-event` })),
						...visitors.map(id => ({ anonymousId: named(id), messageId: `${named(id)}-event` })),
					].map(who => ({ type: 'track', event: 'Product Viewed', ...who })),
				};
				await Promise.all([
					here.send('/v1/batch', before),
					...claims.map(({ kind, visitor, previous, customer, there: inOther }) => {
						const server = inOther ? there : here;
						return kind === 'identify'
							? server.send('/v1/identify', { anonymousId: named(visitor), userId: named(customer) })
							: server.send('/v1/alias', { previousId: named(previous), userId: named(customer) });
					}),
				]);
				await Promise.all([here.settled(), there.settled()]);
				await here.listening.identities.settleIdentities(workspace, everyone);

				const links = await linksOf(named(''));
				const rootOf = (person: string) => links.get(person) ?? person;
				for (const root of links.values()) expect(links.has(root), `${root} is a root`).toBe(false);
				const groups = mergedGroups(customers, claims);
				for (const one of customers) {
					for (const other of customers) {
						const same = rootOf(`user:${named(one)}`) === rootOf(`user:${named(other)}`);
						expect(same, `${one} and ${other}`).toBe(groups.get(one) === groups.get(other));
					}
				}
				for (const visitor of visitors) {
					const claimants = claims.filter(({ kind, visitor: of }) => kind === 'identify' && of === visitor);
					const owners = claimants.map(({ customer }) => rootOf(`user:${named(customer)}`));
					const root = rootOf(`anon:${named(visitor)}`);
					if (owners.length === 0) expect(root).toBe(`anon:${named(visitor)}`);
					else expect(owners).toContain(root);
				}
				const expected = [
					...customers.map(id => `${named(id)}-event ${rootOf(`user:${named(id)}`)}`),
					...visitors.map(id => `${named(id)}-event ${rootOf(`anon:${named(id)}`)}`),
				].sort();
				expect((await standing(named(''))).filter(row => row.includes('-event')).sort()).toEqual(expected);
			}),
			{ numRuns: 12 },
		);
	});
});

async function linksOf(prefix: string): Promise<Map<string, string>> {
	const rows = await shared.stores.postgres.acrossWorkspaces('a test looks', trx =>
		trx
			.selectFrom('identity_links')
			.select(['alias', 'person'])
			.where('alias', 'like', `%:${prefix}%`)
			.execute(),
	);
	return new Map(rows.map(row => [row.alias, row.person]));
}

/** Which group of merged customers each belongs to, found without links. */
function mergedGroups(
	customers: readonly string[],
	claims: readonly { kind: string; previous: string; customer: string }[],
): Map<string, number> {
	const group = new Map(customers.map((customer, index) => [customer, index]));
	for (const { kind, previous, customer } of claims) {
		if (kind !== 'merge') continue;
		const [from, to] = [group.get(previous), group.get(customer)];
		for (const [member, of] of group) if (of === from && to !== undefined) group.set(member, to);
	}
	return group;
}
