import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lanes } from './lanes.ts';

const never = new AbortController().signal;

describe('lanes', () => {
	it('run no more at once than they are', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 4 }),
				fc.integer({ min: 1, max: 20 }),
				async (running, works) => {
					const lanes = new Lanes({ running, waiting: works });
					let now = 0;
					let most = 0;
					const done = await Promise.all(
						Array.from({ length: works }, (_, index) =>
							lanes.run(never, async () => {
								now++;
								most = Math.max(most, now);
								for (let turn = 0; turn <= index % 3; turn++) await Promise.resolve();
								now--;
								return index;
							}),
						),
					);
					expect(done).toEqual(Array.from({ length: works }, (_, index) => index));
					expect(most).toBe(Math.min(running, works));
				},
			),
		);
	});

	it('serve first who came first', async () => {
		const lanes = new Lanes({ running: 1, waiting: 10 });
		const order: number[] = [];
		const work = (index: number) => lanes.run(never, async () => void order.push(index));
		await Promise.all([1, 2, 3, 4].map(work));
		expect(order).toEqual([1, 2, 3, 4]);
	});

	it('turn work away when too much waits, and take it again afterwards', async () => {
		const lanes = new Lanes({ running: 1, waiting: 1 });
		const { promise: gate, resolve: open } = Promise.withResolvers<void>();
		const first = lanes.run(never, () => gate);
		const second = lanes.run(never, async () => 'second');
		await expect(lanes.run(never, async () => 'third')).rejects.toMatchObject({ code: 202 });
		open();
		await first;
		expect(await second).toBe('second');
		expect(await lanes.run(never, async () => 'fourth')).toBe('fourth');
	});

	it('forget work whose client left while it waited', async () => {
		const lanes = new Lanes({ running: 1, waiting: 2 });
		const { promise: gate, resolve: open } = Promise.withResolvers<void>();
		const first = lanes.run(never, () => gate);
		const controller = new AbortController();
		const left = lanes.run(controller.signal, async () => 'never');
		const stayed = lanes.run(never, async () => 'stayed');
		controller.abort(new Error('left'));
		await expect(left).rejects.toThrow('left');
		open();
		await first;
		expect(await stayed).toBe('stayed');
	});

	it('go on after work that failed', async () => {
		const lanes = new Lanes({ running: 1, waiting: 1 });
		await expect(lanes.run(never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(await lanes.run(never, async () => 'yes')).toBe('yes');
	});
});
