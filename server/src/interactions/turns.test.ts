import { describe, expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Handles a body for so many milliseconds as soon as its turn comes. */
async function handle(turns: Turns, name: string, order: string[], busyMs: number): Promise<void> {
	await turns.next();
	for (const end = performance.now() + busyMs; performance.now() < end; );
	order.push(name);
}

/** As between two sockets that one look at the network found readable. */
function theSameRoundGoesOn(): Promise<void> {
	return new Promise(resolve => process.nextTick(resolve));
}

describe('bodies that arrive together', () => {
	test('are handled at once while they take little time', async () => {
		const order: string[] = [];
		const turns = new Turns(1_000);
		const all = ['a', 'b', 'c'].map(name => handle(turns, name, order, 0));
		let round = false;
		setImmediate(() => {
			round = true;
		});
		await Promise.all(all);
		expect(order).toEqual(['a', 'b', 'c']);
		expect(round).toBe(false);
	});

	test('let the network have its turn every few milliseconds, and keep the order in which they came', async () => {
		const order: string[] = [];
		const turns = new Turns(5);
		const names = Array.from({ length: 12 }, (_, n) => `body ${n}`);
		const handledInRound: number[] = [];
		let before = 0;
		const round = () => {
			handledInRound.push(order.length - before);
			before = order.length;
			if (before < names.length) setImmediate(round);
		};
		setImmediate(round);
		const all: Promise<void>[] = [];
		for (const name of names) {
			all.push(handle(turns, name, order, 3));
			await theSameRoundGoesOn();
		}
		await Promise.all(all);
		expect(order).toEqual(names);
		expect(Math.max(...handledInRound)).toBeLessThanOrEqual(2);
	});

	test('of which a single one comes too late for this round is handled in the next', async () => {
		const order: string[] = [];
		const turns = new Turns(1);
		const first = handle(turns, 'first', order, 3);
		await theSameRoundGoesOn();
		await Promise.all([first, handle(turns, 'second', order, 0)]);
		expect(order).toEqual(['first', 'second']);
	});

	test('of which one comes while others wait, goes behind them', async () => {
		const order: string[] = [];
		const turns = new Turns(1);
		const first: Promise<void>[] = [];
		for (const name of ['a', 'b', 'c']) {
			first.push(handle(turns, name, order, 2));
			await theSameRoundGoesOn();
		}
		expect(order).toEqual(['a']);
		await Promise.all([...first, handle(turns, 'late', order, 0)]);
		expect(order).toEqual(['a', 'b', 'c', 'late']);
		await handle(turns, 'alone', order, 0);
		expect(order.at(-1)).toBe('alone');
	});
});
