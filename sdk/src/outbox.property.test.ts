import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fate, type OpenPage, World } from './testing/world.ts';

type Step =
	| { readonly kind: 'track'; readonly page: number; readonly size: number }
	| { readonly kind: 'pass'; readonly milliseconds: number }
	| { readonly kind: 'reload' | 'leave' | 'online' | 'flush'; readonly page: number }
	| { readonly kind: 'killAfterWrites'; readonly page: number; readonly writes: number };

const page = fc.nat({ max: 2 });
const track = fc.record({ kind: fc.constant('track' as const), page, size: fc.nat({ max: 300 }) });
const pass = fc.record({
	kind: fc.constant('pass' as const),
	milliseconds: fc.oneof(fc.nat({ max: 120 }), fc.nat({ max: 20_000 })),
});
const visits = fc.record({
	kind: fc.constantFrom('reload' as const, 'leave' as const, 'online' as const, 'flush' as const),
	page,
});
const crash = fc.record({ kind: fc.constant('killAfterWrites' as const), page, writes: fc.nat({ max: 6 }) });

const fate: fc.Arbitrary<Fate> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant({ kind: 'taken' as const }) },
	{ weight: 2, arbitrary: fc.constant({ kind: 'lost' as const }) },
	{ weight: 2, arbitrary: fc.constant({ kind: 'taken, but nobody hears' as const }) },
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('refused' as const),
			status: fc.constantFrom(429, 500, 503),
			retryAfter: fc.option(fc.nat({ max: 40 }).map(String)),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('refused' as const),
			status: fc.constantFrom(400, 401, 403, 404, 413),
			retryAfter: fc.constant(null),
		}),
	},
);
const limits = fc.record({
	maxEvents: fc.integer({ min: 4, max: 40 }),
	maxCharacters: fc.integer({ min: 4_000, max: 40_000 }),
});

/** Plays the steps, then opens a last page with everything in order, and waits until it has brought away what was left. */
async function play(
	steps: readonly Step[],
	fates: readonly Fate[],
	options: {
		readonly maxEvents: number;
		readonly maxCharacters: number;
		readonly pages?: number;
		readonly locks?: boolean;
	},
): Promise<{ readonly world: World; readonly said: number }> {
	const world = new World();
	world.fates = [...fates];
	world.locks = options.locks ?? true;
	const pages: OpenPage[] = [];
	let said = 0;
	const at = (place: number): OpenPage => {
		const index = place % (options.pages ?? 1);
		const open = pages[index];
		if (open?.alive()) return open;
		const opened = world.open(options);
		pages[index] = opened;
		return opened;
	};
	for (const step of steps) {
		if (step.kind === 'pass') await world.pass(step.milliseconds);
		else if (step.kind === 'killAfterWrites') at(step.page).killAfterWrites(step.writes);
		else if (step.kind === 'reload') at(step.page).kill();
		else if (step.kind === 'leave') at(step.page).leave();
		else if (step.kind === 'online') at(step.page).online();
		else if (step.kind === 'flush') void at(step.page).flush();
		else if (step.kind === 'track') {
			try {
				at(step.page).track('Lamp Viewed', { text: 'x'.repeat(step.size) });
				said += 1;
			} catch {
				// The power went before the call came back: nothing was promised.
			}
		}
		const { events, characters } = world.waiting();
		if (events > options.maxEvents) world.wrongs.push(`${events} wait, ${options.maxEvents} may`);
		if (characters > options.maxCharacters)
			world.wrongs.push(`${characters} characters, ${options.maxCharacters} may`);
	}
	for (const open of pages) open?.kill();
	world.fates = [];
	const last = world.open(options);
	await world.pass(7_200_000);
	last.kill();
	return { world, said };
}

const received = (world: World) =>
	[...world.received.values()].filter(({ event }) => event === 'Lamp Viewed').length;

describe('the outbox', () => {
	it('brings every event to the server once or counts it as lost, whatever the network does and however often the page is reloaded', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.oneof(track, track, pass, visits), { maxLength: 40 }),
				fc.array(fate, { maxLength: 15 }),
				limits,
				async (steps, fates, limits) => {
					const { world, said } = await play(steps, fates, limits);
					expect(world.wrongs).toEqual([]);
					expect(world.waiting().events).toBe(0);
					expect(said - received(world)).toBeLessThanOrEqual(world.reportedLosses());
				},
			),
			{ numRuns: 300 },
		);
	});

	it('counts exactly what was lost as long as nothing is lost on the way back', async () => {
		const heard = fate.filter(({ kind }) => kind !== 'taken, but nobody hears');
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.oneof(track, track, pass), { maxLength: 60 }),
				fc.array(heard, { maxLength: 15 }),
				async (steps, fates) => {
					const { world, said } = await play(steps, fates, { maxEvents: 8, maxCharacters: 100_000 });
					expect(world.wrongs).toEqual([]);
					expect(said - received(world)).toBe(world.reportedLosses());
				},
			),
			{ numRuns: 300 },
		);
	});

	it('loses nothing when the power goes in the middle of a write', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.oneof(track, track, pass, visits, crash), { maxLength: 40 }),
				fc.array(fate, { maxLength: 15 }),
				limits,
				async (steps, fates, limits) => {
					const { world, said } = await play(steps, fates, limits);
					expect(world.waiting().events).toBe(0);
					expect(said - received(world)).toBeLessThanOrEqual(world.reportedLosses());
				},
			),
			{ numRuns: 300 },
		);
	});

	it.each([true, false])('is shared by three pages of a site (locks: %s)', async locks => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.oneof(track, track, pass, visits), { maxLength: 40 }),
				fc.array(fate, { maxLength: 15 }),
				async (steps, fates) => {
					const { world, said } = await play(steps, fates, {
						maxEvents: 500,
						maxCharacters: 1e6,
						pages: 3,
						locks,
					});
					if (locks) expect(world.wrongs).toEqual([]);
					expect(world.waiting().events).toBe(0);
					expect(said - received(world)).toBeLessThanOrEqual(world.reportedLosses());
				},
			),
			{ numRuns: 200 },
		);
	});

	it('keeps what a full disk has room for', async () => {
		const world = new World();
		world.diskSize = 3_000;
		world.fates = Array.from({ length: 10 }, () => ({ kind: 'lost' as const }));
		const page = world.open();
		for (let index = 0; index < 50; index++) page.track('Lamp Viewed', { index });
		await world.pass(3_600_000);
		expect(received(world)).toBeGreaterThan(3);
		expect(received(world) + world.reportedLosses()).toBe(50);
	});
});
