import { describe, expect, it } from 'vitest';
import { passOver } from './import-pass.ts';
import { ImportStopped } from './import-stopped.ts';
import { fingerprintOf, prepareImport } from './prepared-import.store.ts';

const mapping = `
import: 1
files:
  orders: { name: orders-*.csv }
  reviews: { format: ndjson }
rows:
  - from: orders
    when: { column: test, isNot: "yes" }
    interactions:
      - { id: "order:{id}", event: Order Placed, time: "{placed}", customer: "{who}" }
  - from: reviews
    feedback:
      - { id: "review:{id}", time: "{at}", customer: "{who}", scale: rating-5, score: "{stars}" }
`;
const padding = 'x'.repeat(300);
const orders = (from: number, count: number) =>
	`id,placed,who,test,padding\n${Array.from({ length: count }, (_, index) => {
		const id = from + index;
		const placed = id % 500 === 7 ? 'yesterday' : '2026-03-01T10:00:00Z';
		return `${id},${placed},c${id % 90},${id % 50 === 0 ? 'yes' : ''},${padding}\n`;
	}).join('')}`;
const files = [
	new File([orders(3000, 1000)], 'orders-2.csv'),
	new File(['{"id":1,"at":"2026-03-02T10:00:00Z","who":"c1","stars":5}\nbroken\n'], 'reviews.ndjson'),
	new File([orders(0, 3000)], 'orders-1.csv'),
];

async function stepsOf(from?: Parameters<typeof passOver>[1]) {
	const steps = [];
	for await (const step of passOver(await prepareImport(mapping, files), from)) steps.push(step);
	return steps;
}

/** What steps would send. Within a step the order does not matter, and steps are cut elsewhere when one goes on. */
function sentBy(steps: Awaited<ReturnType<typeof stepsOf>>): string[] {
	return steps
		.flatMap(({ interactions, feedback }) => [...interactions, ...feedback])
		.map(record => JSON.stringify(record))
		.toSorted();
}

describe('a pass over the files of an import', () => {
	it('makes a record of each row, keeps what it does not understand, and counts what gave none', async () => {
		const steps = await stepsOf();
		expect(steps.at(-1)?.tally).toMatchObject({
			rows: 4002,
			skipped: 80,
			notUnderstood: 8,
			unreadable: 1,
			records: { 'Order Placed': 4000 - 80 - 8, feedback: 1 },
		});
		expect(sentBy(steps)).toHaveLength(4000 - 80 + 1);
		expect(sentBy(steps).filter(record => record.includes('notUnderstood'))).toHaveLength(8);
		expect(steps.at(-1)?.read).toBe(files.reduce((sum, { size }) => sum + size, 0));
	});

	it('goes on from any checkpoint with exactly the rows behind it, and counts on', async () => {
		const steps = await stepsOf();
		expect(steps.length).toBeGreaterThan(4);
		for (const [index, { checkpoint }] of steps.entries()) {
			const rest = await stepsOf(checkpoint);
			expect(sentBy(rest)).toEqual(sentBy(steps.slice(index + 1)));
			expect(rest.at(-1)?.checkpoint ?? checkpoint).toMatchObject({ skipped: 80, notUnderstood: 1 });
		}
	});

	it('is told apart by the mapping and the contents of the files, whatever the order they were picked in', async () => {
		const never = new AbortController().signal;
		const fingerprint = async (picked: readonly File[], text = mapping) =>
			(await fingerprintOf(await prepareImport(text, picked), never, () => undefined)).fingerprint;
		const known = await fingerprint(files);
		expect(await fingerprint(files.toReversed())).toBe(known);
		expect(await fingerprint(files, mapping.replace('rating-5', 'rating-10'))).not.toBe(known);
		const other = [...files.slice(0, 2), new File([orders(0, 2999)], 'orders-1.csv')];
		expect(await fingerprint(other)).not.toBe(known);
	});

	it('is not begun with files the mapping does not know, or columns a file does not have', async () => {
		const reasonOf = async (text: string, picked: readonly File[]) =>
			prepareImport(text, picked).then(
				() => undefined,
				(error: unknown) => (error instanceof ImportStopped ? error.reason : error),
			);
		expect(await reasonOf(mapping, files.slice(0, 1))).toMatchObject({ key: 'data.import.fileMissing' });
		expect(await reasonOf(mapping, [...files, new File(['a\n'], 'other.csv')])).toMatchObject({
			key: 'data.import.fileUnknown',
		});
		expect(await reasonOf(mapping.replace('{placed}', '{plced}'), files)).toMatchObject({
			key: 'data.import.columnMeant',
			values: { meant: 'placed' },
		});
		expect(await reasonOf(mapping.replace('import: 1', 'import: 2'), files)).toMatchObject({
			key: 'data.import.mappingWrong',
		});
	});
});
