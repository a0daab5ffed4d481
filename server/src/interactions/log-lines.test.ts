import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodedLines, halvedLines, joinedLines, linesOfBatch } from './log-lines.ts';

const line = fc.string({ unit: 'binary', maxLength: 40 }).map(text => JSON.stringify(text.toWellFormed()));
const request = fc.array(line, { minLength: 1, maxLength: 20 });
const requests = fc.array(request, { minLength: 1, maxLength: 6 });

describe('lines on their way to the log', () => {
	test('are the same texts whatever they share a group with, each with the batch in front', () => {
		fc.assert(
			fc.property(requests, given => {
				const parts = given.map(encodedLines);
				const all = given.flat();
				expect(joinedLines(parts).rows).toBe(all.length);
				expect(joinedLines(parts).bytes.toString()).toBe(all.map(text => `${text}\n`).join(''));
				expect(linesOfBatch(joinedLines(parts), '18446744073709551615').toString()).toBe(
					all.map(text => `[18446744073709551615,${text}\n`).join(''),
				);
			}),
		);
	});

	test('are halved between two of them, and the halves are the whole', () => {
		fc.assert(
			fc.property(request, request, (some, others) => {
				const whole = encodedLines([...some, ...others]);
				const halves = halvedLines(whole);
				expect(joinedLines(halves)).toEqual(whole);
				for (const { bytes, rows } of halves) expect(bytes.toString().match(/\n/g)).toHaveLength(rows);
			}),
		);
	});

	test('stay what they were when longer ones are encoded after them', () => {
		const short = encodedLines(['"ä"']);
		const long = encodedLines(['x'.repeat(3_000_000), '€'.repeat(1_000_000)]);
		expect(short.bytes.toString()).toBe('"ä"\n');
		expect(long.bytes.toString()).toBe(`${'x'.repeat(3_000_000)}\n${'€'.repeat(1_000_000)}\n`);
	});
});
