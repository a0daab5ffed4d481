import { describe, expect, it } from 'vitest';
import { keepStandingAnswers } from './standing-answers.ts';

/** A clock that making an answer moves, and answers that count how often they were made. */
function kept(characters = 1_000_000) {
	let time = 0;
	let made = 0;
	const answers = keepStandingAnswers({ characters }, () => time);
	return {
		wait: (milliseconds: number) => {
			time += milliseconds;
		},
		ask: (question: string, state: string, takesMs = 10) =>
			answers.of(question, state, async () => {
				time += takesMs;
				made += 1;
				return made;
			}),
		answers,
	};
}

describe('an answer', () => {
	it('stands while nothing has changed, and no longer', async () => {
		const { ask, wait } = kept();
		expect(await ask('kept?', 'one')).toBe(1);
		wait(1_000_000);
		expect(await ask('kept?', 'one')).toBe(1);
		expect(await ask('kept?', 'two')).toBe(2);
		expect(await ask('changed?', 'two')).toBe(3);
	});

	it('that took long stands for a while although something arrived', async () => {
		const { ask, wait } = kept();
		expect(await ask('kept?', 'one', 1_000)).toBe(1);
		wait(19_000);
		expect(await ask('kept?', 'two', 1_000)).toBe(1);
		wait(2_000);
		expect(await ask('kept?', 'two', 1_000)).toBe(2);
	});

	it('never stands for more than a minute after something arrived', async () => {
		const { ask, wait } = kept();
		expect(await ask('kept?', 'one', 30_000)).toBe(1);
		wait(61_000);
		expect(await ask('kept?', 'two', 30_000)).toBe(2);
	});

	it('is made once for all who ask meanwhile', async () => {
		const { answers } = kept();
		let made = 0;
		const make = async () => {
			await Promise.resolve();
			return ++made;
		};
		expect(await Promise.all([answers.of('q', 's', make), answers.of('q', 's', make)])).toEqual([1, 1]);
	});

	it('that failed is made again', async () => {
		const { answers } = kept();
		await expect(answers.of('q', 's', () => Promise.reject(new Error('no store')))).rejects.toThrow(
			'no store',
		);
		expect(await answers.of('q', 's', async () => 'well')).toBe('well');
	});

	it('asked for longest ago goes when there are too many', async () => {
		const { ask } = kept(25);
		expect(await ask('a'.repeat(10), 's')).toBe(1);
		expect(await ask('b'.repeat(10), 's')).toBe(2);
		expect(await ask('a'.repeat(10), 's')).toBe(1);
		expect(await ask('c'.repeat(10), 's')).toBe(3);
		expect(await ask('a'.repeat(10), 's')).toBe(1);
		expect(await ask('b'.repeat(10), 's')).toBe(4);
	});
});
