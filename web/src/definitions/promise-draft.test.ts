import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import { describe, expect, it } from 'vitest';
import { blankPromise, promiseDraftOf, writtenPromise } from './promise-draft.ts';

const promise = brandPromiseSchema.parse({
	id: 'delivered-on-the-day',
	wording: 'You choose the day, we deliver on it.',
	saidIn: [
		{ kind: 'page', where: 'Checkout', channel: 'web' },
		{ kind: 'contract', where: 'Terms' },
	],
	validFrom: '2026-01-01',
	moment: 'delivered',
	rule: { kind: 'by', start: 'order-placed', end: 'delivered', due: { within: '2d' } },
	target: 0.29,
	keptBy: 'logistics',
});

describe('the form of a promise', () => {
	it('says the promise that was put into it', () => {
		expect(brandPromiseSchema.parse(writtenPromise(promiseDraftOf(promise, 'UTC')))).toEqual(promise);
	});

	it('shows and writes whole per cents without the dust of binary fractions', () => {
		for (let percent = 0; percent <= 100; percent += 1) {
			const draft = promiseDraftOf({ ...promise, target: percent / 100 }, 'UTC');
			expect(draft.target).toBe(percent);
			expect(writtenPromise(draft).target).toBe(percent / 100);
		}
	});

	it('leaves out what nobody filled in', () => {
		const written = writtenPromise({ ...blankPromise('UTC'), id: 'new-promise', wording: 'We call back.' });
		expect(brandPromiseSchema.parse(written)).toEqual({
			id: 'new-promise',
			wording: 'We call back.',
			explicit: true,
			saidIn: [],
			target: 0.95,
		});
	});

	it('is refused without a target rather than given one', () => {
		const written = writtenPromise({ ...promiseDraftOf(promise, 'UTC'), target: '' });
		expect(brandPromiseSchema.safeParse(written).success).toBe(false);
	});
});
