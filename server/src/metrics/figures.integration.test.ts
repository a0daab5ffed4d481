import { listFeedback } from '@touchstone/domain/feedback/feedback-list.contract';
import { readInteractionsById, tailInteractions } from '@touchstone/domain/interactions/tail.contract';
import { annotationSchema, listAnnotations } from '@touchstone/domain/metrics/annotations.contract';
import {
	exportCustomer,
	listCustomers,
	readCustomer,
	readCustomerTimeline,
} from '@touchstone/domain/metrics/customer-history.contract';
import { metrics } from '@touchstone/domain/metrics/metric';
import { listMetrics } from '@touchstone/domain/metrics/metrics.contract';
import { readMomentFigures } from '@touchstone/domain/metrics/moment-figures.contract';
import { listPromiseFigures, readPromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ColumnsError } from '../database/columns-error.ts';
import { wholeWorkspace } from '../database/scope.ts';
import { insertDefinitionVersions } from '../definitions/definitions.queries.ts';
import { type FiguresHouse, openFiguresHouse } from './testing/figures-house.ts';
import { definitions, workspace } from './testing/kettle-history.ts';

let house: FiguresHouse;
beforeAll(async () => {
	house = await openFiguresHouse([
		{
			name: 'too heavy',
			routes(app) {
				app.get('/v1/everything-at-once', () => {
					throw new ColumnsError(159, 'TIMEOUT_EXCEEDED', 'Timeout exceeded: elapsed 60 seconds');
				});
			},
		},
	]);
});
afterAll(() => house.close());

const ask = async <Answer>(
	answer: { parse(given: unknown): Answer },
	who: string,
	path: string,
): Promise<Answer> => {
	const { status, body } = await house.ask(who, path);
	expect(status, JSON.stringify(body)).toBe(200);
	return answer.parse(body);
};

describe('figures over HTTP', () => {
	it('say how each of them is computed', async () => {
		const { items } = await ask(listMetrics.answer, 'viewer', '/v1/metrics');
		expect(items.map(({ id }) => id)).toEqual(Object.keys(metrics));
	});

	it('keep the shape of their contract, for one promise and for all', async () => {
		const { items } = await ask(listPromiseFigures.answer, 'viewer', '/v1/promises/figures');
		expect(items).toHaveLength(3);
		const path = '/v1/promises/in-three-days/figures?from=2026-06-01&to=2026-10-01&bucket=month';
		const promise = await ask(readPromiseFigures.answer, 'key', path);
		expect(promise.trend.map(({ from }) => from.slice(0, 10))).toEqual([
			'2026-06-01',
			'2026-06-30',
			'2026-07-31',
			'2026-08-31',
			'2026-09-30',
		]);
		expect((await house.ask('viewer', '/v1/promises/nobody-said/figures')).status).toBe(404);
	});

	it('refuse what cannot be asked and say why', async () => {
		expect((await house.ask('viewer', '/v1/promises/figures?from=2026-02-01&to=2026-01-01')).status).toBe(
			400,
		);
		expect((await house.ask('viewer', '/v1/promises/figures?unit=FR')).status).toBe(404);
	});

	it('say so where a question is too heavy for the engine', async () => {
		const { status, body } = await house.ask('viewer', '/v1/everything-at-once');
		expect({ status, body }).toMatchObject({ status: 503, body: { code: 'query-too-heavy' } });
	});

	it('show a person of one unit that unit, also what others asked before', async () => {
		const whole = await ask(listPromiseFigures.answer, 'viewer', '/v1/promises/figures');
		const cut = await ask(listPromiseFigures.answer, 'viewer AT', '/v1/promises/figures');
		expect(cut.items[1]?.occasions).toBeLessThan(whole.items[1]?.occasions ?? 0);
		const again = await ask(listPromiseFigures.answer, 'viewer', '/v1/promises/figures');
		expect(again).toEqual(whole);
	});

	it('tell what changed in a promise, in words', async () => {
		const promise = definitions.promises.find(({ id }) => id === 'in-three-days');
		const row = (version: number, target: number) => ({
			kind: 'promise' as const,
			id: 'in-three-days',
			version,
			body: { ...promise, target },
			author: 'Ada',
			at: new Date(Date.UTC(2026, 0, version)),
			effective_from: version === 1 ? null : new Date(Date.UTC(2026, 6, 1)),
			archived: false,
		});
		await house.stores.postgres.inWorkspace(wholeWorkspace(workspace), trx =>
			insertDefinitionVersions(trx, workspace, [row(1, 0.8), row(2, 0.9)]),
		);
		const { versions } = await ask(readPromiseFigures.answer, 'viewer', '/v1/promises/in-three-days/figures');
		expect(versions.map(({ version, changes }) => ({ version, changes }))).toEqual([
			{ version: 1, changes: [] },
			{ version: 2, changes: ['Target: 80 % → 90 %'] },
		]);
		expect(versions.map(version => version.promise.target)).toEqual([0.8, 0.9]);
		expect(versions[1]?.ruleInWords).toContain('“Delivered” follows within 3 days');
	});
});

describe('annotations', () => {
	const note = (who: string, body: object) =>
		house.ask(who, '/v1/annotations', {
			method: 'POST',
			body: { at: '2026-07-01', text: 'New courier', ...body },
		});

	it('are shown with what they are about', async () => {
		const everyone = await note('analyst', {});
		expect(everyone).toMatchObject({ status: 201, body: { author: 'Ada (analyst)', promise: null } });
		expect((await note('owner', { promise: 'in-three-days', text: 'Depot burnt' })).status).toBe(201);
		expect((await note('owner', { moment: 'ordered', text: 'New shop' })).status).toBe(201);
		const about = async (path: string) =>
			(await ask(listAnnotations.answer, 'viewer', path)).items.map(({ text }) => text).sort();
		expect(await about('/v1/annotations?promise=in-three-days')).toEqual(['Depot burnt', 'New courier']);
		const moment = await ask(
			readMomentFigures.answer,
			'viewer',
			'/v1/moments/ordered/figures?from=2026-06-01',
		);
		expect(moment.annotations.map(({ text }) => text).sort()).toEqual(['New courier', 'New shop']);
		expect(await about('/v1/annotations?from=2026-07-02')).toEqual([]);
	});

	it('of one unit are seen by those who may see it', async () => {
		expect((await note('owner AT', { unit: 'AT', text: 'Roadworks' })).status).toBe(201);
		const seen = async (who: string) =>
			(await ask(listAnnotations.answer, who, '/v1/annotations')).items.map(({ text }) => text);
		expect(await seen('viewer AT')).toContain('Roadworks');
		expect(await seen('viewer')).toContain('Roadworks');
		expect(await seen('viewer DE-N')).not.toContain('Roadworks');
	});

	it('are written and taken away only by those who may', async () => {
		expect((await note('viewer', {})).status).toBe(403);
		expect((await note('owner AT', {})).status).toBe(403);
		expect((await note('owner AT', { unit: 'DE-N' })).status).toBe(403);
		expect((await note('analyst', { promise: 'nobody-said' })).status).toBe(404);
		const { body } = await note('analyst', { text: 'A mistake' });
		const { id } = annotationSchema.parse(body);
		const remove = (who: string) => house.ask(who, `/v1/annotations/${id}`, { method: 'DELETE' });
		expect((await remove('owner AT')).status).toBe(404);
		expect((await remove('analyst')).status).toBe(204);
		expect((await remove('analyst')).status).toBe(404);
	});
});

describe('what customers said', () => {
	it('is read newest first, page by page, each once', async () => {
		const seen: string[] = [];
		let cursor = '';
		do {
			const page = await ask(listFeedback.answer, 'moderator', `/v1/feedback?limit=70${cursor}`);
			for (const { id } of page.items) seen.push(id);
			cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
		} while (cursor);
		expect(new Set(seen).size).toBe(180);
		expect(seen).toHaveLength(180);
		expect(seen[0]).toBe('order-99-n');
	});

	it('is filtered by moment, words and unit', async () => {
		const words = await ask(listFeedback.answer, 'owner', '/v1/feedback?withWords=true&limit=200');
		expect(words.items).toHaveLength(15);
		expect(words.items[0]).toMatchObject({ words: 'Too late', scale: 'csat-5', score: 2, scoreLow: 0 });
		const about = await ask(listFeedback.answer, 'owner', '/v1/feedback?moment=delivered&limit=200');
		expect(about.items).toHaveLength(90);
		const cut = await ask(listFeedback.answer, 'owner AT', '/v1/feedback?limit=200');
		expect(new Set(cut.items.map(({ unit }) => unit))).toEqual(new Set(['AT']));
		expect((await house.ask('viewer', '/v1/feedback')).status).toBe(403);
		expect((await house.ask('owner', '/v1/feedback?cursor=rubbish')).status).toBe(400);
	});
});

describe('customers', () => {
	it('are found by what identifies them, exact matches first', async () => {
		const found = await ask(listCustomers.answer, 'frontline', '/v1/customers?search=k4');
		expect(found.items[0]?.id).toBe('k4');
		expect(found.items).toHaveLength(11);
		const byOrder = await ask(listCustomers.answer, 'frontline', '/v1/customers?search=order-54');
		expect(byOrder.items).toMatchObject([
			{ id: 'k4', interactions: 3, feedback: 2, brokenPromises: 3, revenue: '200' },
		]);
		expect(byOrder.items[0]?.lastScore).toMatchObject({ scale: 'nps', score: 3 });
		const firm = await ask(listCustomers.answer, 'frontline', '/v1/customers?search=FIRM-45');
		expect(firm.items.map(({ id }) => id)).toEqual(['k45']);
		expect((await ask(listCustomers.answer, 'owner', '/v1/customers?search=nobody')).items).toEqual([]);
	});

	it('are listed, seen last first, each once', async () => {
		const seen: string[] = [];
		let cursor = '';
		do {
			const page = await ask(listCustomers.answer, 'owner', `/v1/customers?limit=20${cursor}`);
			for (const { id } of page.items) seen.push(id);
			cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
		} while (cursor);
		expect(seen).toHaveLength(50);
		expect(new Set(seen).size).toBe(50);
		expect(seen[0]).toBe('k49');
	});

	it('are found by an id that they gave up, with what they did as visitors', async () => {
		await house.stores.postgres.inWorkspace(wholeWorkspace(workspace), trx =>
			trx
				.insertInto('identity_links')
				.values({ workspace, alias: 'anon:phone-7', person: 'user:k7' })
				.execute(),
		);
		const customer = await ask(readCustomer.answer, 'owner', '/v1/customers/anon%3Aphone-7');
		expect(customer).toMatchObject({ id: 'k7', alsoKnownAs: ['anon:phone-7'], units: ['DE-N'] });
		const found = await ask(listCustomers.answer, 'owner', '/v1/customers?search=anon%3Aphone-7');
		expect(found.items.map(({ id }) => id)).toEqual(['k7']);
	});

	it('are told in sum', async () => {
		const customer = await ask(readCustomer.answer, 'owner', '/v1/customers/k4');
		expect(customer).toMatchObject({
			id: 'k4',
			interactions: 3,
			verdicts: { kept: 0, broken: 3, unknown: 1 },
			channels: ['web'],
			suppression: null,
			currency: 'EUR',
		});
		expect((await house.ask('owner', '/v1/customers/nobody')).status).toBe(404);
		expect((await house.ask('viewer', '/v1/customers/k4')).status).toBe(403);
	});

	it('have one line of everything that happened, newest first, page by page', async () => {
		const whole = await ask(readCustomerTimeline.answer, 'frontline', '/v1/customers/k4/timeline');
		// Two orders: both met twice but for the lost one, answers about the second, two verdicts each.
		expect(whole.items.map(({ kind }) => kind).sort()).toEqual([
			...Array<string>(2).fill('feedback'),
			...Array<string>(3).fill('interaction'),
			...Array<string>(4).fill('verdict'),
		]);
		const times = whole.items.map(({ time }) => time);
		expect(times).toEqual(times.toSorted().reverse());
		const paged: unknown[] = [];
		let cursor = '';
		do {
			const path = `/v1/customers/k4/timeline?limit=2${cursor}`;
			const page = await ask(readCustomerTimeline.answer, 'frontline', path);
			paged.push(...page.items);
			cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
		} while (cursor);
		expect(paged).toEqual(whole.items);
	});

	it('of other units do not exist', async () => {
		// k4 is in the north, k3 in Austria.
		expect((await house.ask('frontline AT', '/v1/customers/k4')).status).toBe(404);
		expect((await house.ask('frontline AT', '/v1/customers/k4/timeline')).status).toBe(404);
		expect((await house.ask('analyst AT', '/v1/customers/k4/export')).status).toBe(404);
		expect(
			(await ask(listCustomers.answer, 'frontline AT', '/v1/customers?search=k4')).items
				.map(({ id }) => id)
				.sort(),
		).toEqual(['k42', 'k45', 'k48']);
	});

	it('leave with everything that is held about them, for those who may', async () => {
		expect((await house.ask('owner', '/v1/customers/k4/export')).status).toBe(403);
		const whole = await ask(exportCustomer.answer, 'analyst', '/v1/customers/k4/export');
		expect(whole).toMatchObject({ customer: 'k4', alsoKnownAs: [] });
		expect([whole.interactions.length, whole.feedback.length, whole.verdicts.length]).toEqual([3, 2, 4]);
		const left = await house.stores.postgres.acrossWorkspaces('what was written down', trx =>
			trx.selectFrom('audit_log').select(['what', 'kind']).execute(),
		);
		expect(left).toContainEqual({ what: 'exportCustomer', kind: 'export' });
	});
});

describe('the log', () => {
	it('is followed as it arrives', async () => {
		const first = await ask(tailInteractions.answer, 'analyst', '/v1/interactions/tail?limit=10');
		expect(first.items).toHaveLength(10);
		const nothing = await ask(
			tailInteractions.answer,
			'analyst',
			`/v1/interactions/tail?after=${first.nextAfter}`,
		);
		expect(nothing).toEqual({ items: [], nextAfter: first.nextAfter });
		await house.stores.columns.house.insertLines(
			'interactions',
			['workspace', 'person', 'id', 'time', 'event', 'properties', 'batch', 'version'],
			`${JSON.stringify([workspace, 'anon:new', 'just-now', '2026-09-30T12:00:00Z', 'page', '{"path":"/kettles"}', '8', '1'])}\n`,
		);
		const more = await ask(
			tailInteractions.answer,
			'analyst',
			`/v1/interactions/tail?after=${first.nextAfter}`,
		);
		expect(more.items).toMatchObject([
			{ id: 'just-now', customer: 'anon:new', event: 'page', properties: { path: '/kettles' } },
		]);
		expect((await house.ask('owner', '/v1/interactions/tail')).status).toBe(403);
	});

	it('shows the evidence of a verdict, what was done and what was said', async () => {
		const ids = encodeURIComponent(JSON.stringify(['order-5-ordered', 'order-5-f', 'order-6-ordered']));
		const path = `/v1/interactions/by-id?customer=k5&ids=${ids}`;
		const rows = await ask(readInteractionsById.answer, 'owner', path);
		expect(rows.interactions.map(({ id }) => id)).toEqual(['order-5-ordered']);
		expect(rows.feedback.map(({ id }) => id)).toEqual(['order-5-f']);
		expect((await house.ask('owner', '/v1/interactions/by-id?customer=k5&ids=order')).status).toBe(400);
	});
});
