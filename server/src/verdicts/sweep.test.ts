import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SeenBatch, Sweep } from './sweep.ts';

describe('a sweep', () => {
	it('judges few customers at once', () => {
		const sweep = new Sweep();
		sweep.take([batch(1n, 10, 3)], 100);
		expect(sweep.part).toEqual({ at: 0, of: 1 });
		expect(sweep.due.map(seen => seen.batch)).toEqual([1n]);
		sweep.judged(sweep.due);
		expect(sweep.due).toEqual([]);
		expect(sweep.watermark).toBe(10);
	});

	it('takes along in every part what has arrived until then', () => {
		const sweep = new Sweep();
		sweep.take([batch(1n, 10, 5_000)], 100);
		expect(sweep.part).toEqual({ at: 0, of: 2 });
		sweep.judged(sweep.due);
		sweep.take([batch(2n, 20, 5_000)], 100);
		expect(sweep.part).toEqual({ at: 1, of: 2 });
		expect(sweep.due.map(seen => seen.batch)).toEqual([1n, 2n]);
		sweep.judged(sweep.due);
		expect(sweep.part).toEqual({ at: 0, of: 2 });
		expect(sweep.due.map(seen => seen.batch)).toEqual([2n]);
		expect(sweep.watermark).toBe(19);
		sweep.judged(sweep.due);
		expect(sweep.watermark).toBe(20);
	});

	it('judges a batch again of which more arrives', () => {
		const sweep = new Sweep();
		sweep.take([batch(1n, 10, 3)], 100);
		sweep.judged(sweep.due);
		sweep.take([batch(1n, 11, 3)], 100);
		expect(sweep.due.map(seen => seen.last)).toEqual([11]);
	});

	it('judges every batch for every customer exactly once after its last row, whenever batches arrive', () => {
		fc.assert(
			fc.property(fc.array(fc.array(arrival, { maxLength: 4 }), { minLength: 1, maxLength: 30 }), steps => {
				const sweep = new Sweep();
				const arrived = new Map<bigint, SeenBatch>();
				const coverage = new Map<string, number>();
				let time = 0;
				const visit = () => {
					sweep.take([...arrived.values()], 3);
					const { at, of } = sweep.part;
					const due = sweep.due;
					for (const seen of due) {
						const key = `${seen.batch} ${seen.last}`;
						for (let twelfth = (at * 12) / of; twelfth < ((at + 1) * 12) / of; twelfth++)
							coverage.set(`${key} ${twelfth}`, (coverage.get(`${key} ${twelfth}`) ?? 0) + 1);
					}
					sweep.judged(due);
					return due.length;
				};
				for (const step of steps) {
					for (const { id, customers } of step) {
						time += 1;
						arrived.set(BigInt(id), batch(BigInt(id), time, customers));
					}
					visit();
				}
				while (visit() > 0 || sweep.watermark !== (time === 0 ? null : time));
				for (const { batch: id, last } of arrived.values())
					for (let twelfth = 0; twelfth < 12; twelfth++)
						expect(coverage.get(`${id} ${last} ${twelfth}`)).toBe(1);
			}),
		);
	});
});

const arrival = fc.record({ id: fc.integer({ min: 1, max: 12 }), customers: fc.constantFrom(1, 400, 3_000) });

function batch(id: bigint, last: number, customers: number): SeenBatch {
	return { workspace: 'w', batch: id, first: last, last, customers };
}
