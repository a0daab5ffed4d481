import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDefinitionsFile } from '@touchstone/domain/definitions/definitions-file';
import { momentNamer } from '@touchstone/domain/moments/name-moment';
import { describe, expect, test } from 'vitest';
import { runImport } from './run-import.ts';
import { olistFigures } from './testing/olist-figures.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const example = join(root, 'examples', 'olist');
const folder = join(root, '..', 'shared', 'data', 'olist');
const absent = !existsSync(folder);
if (absent)
	console.warn(`The Olist files are not beside the project (${folder}), so they are not tried here.`);

describe('the Olist example', () => {
	test('has definitions that hold together, and a moment for every event of its mapping', () => {
		const read = readDefinitionsFile(readFileSync(join(example, 'touchstone.yaml'), 'utf8'));
		if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
		const nameOf = momentNamer(read.definitions.moments);
		const events = [...readFileSync(join(example, 'mapping.yaml'), 'utf8').matchAll(/event: (.+)/g)];
		expect(events).toHaveLength(6);
		for (const [, event = ''] of events) expect(nameOf({ event, properties: {} })).not.toBe('');
	});

	test.skipIf(absent)(
		'maps every row of the files, and each order and review once',
		async () => {
			const { summary, exitCode } = await runImport({
				mappingFile: join(example, 'mapping.yaml'),
				files: [folder],
				dryRun: true,
			});
			expect({ exitCode, skipped: summary.skipped, rows: summary.rows }).toEqual({
				exitCode: 0,
				skipped: 0,
				rows: 4899 + 4957,
			});
			expect(Object.fromEntries(summary.records)).toEqual({
				'Order Placed': 4899,
				'Payment Approved': 4814,
				'Order Handed to Carrier': 3829,
				'Order Delivered': 3124,
				'Order Cancelled': 371,
				'Order Unavailable': 372,
				feedback: 4957,
			});
		},
		30_000,
	);

	test.skipIf(absent)('the figures it is compared with are what the files say', async () => {
		const figures = await olistFigures(folder, '2019-01-01');
		expect(figures.occasions).toBe(4899);
		expect(figures.counts).toEqual({ kept: 2929, broken: 1599, pending: 0, void: 371, late: 195 });
		const delivered = (unit: string) => {
			const { kept = 0, late = 0 } = figures.byUnit.get(unit) ?? {};
			return [kept, kept + late];
		};
		expect([delivered('SP'), delivered('RJ'), delivered('MG')]).toEqual([
			[1274, 1341],
			[334, 379],
			[371, 382],
		]);
		expect(figures.reviews.kept.n).toBe(2968);
		expect(figures.reviews.kept.mean).toBeCloseTo(4.2689, 4);
		expect(figures.reviews.late.n).toBe(197);
		expect(figures.reviews.late.mean).toBeCloseTo(2.1015, 4);
		expect(figures.medianMarginDays).toBeCloseTo(12.518, 3);
	});
});
