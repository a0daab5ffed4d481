import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { olistFigures } from '@touchstone/cli/import/testing/olist-figures';
import { reportSchema } from '@touchstone/domain/reports/report';
import { expect, onTestFinished, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const files = join(root, '..', 'shared', 'data', 'olist');
const absent = !existsSync(files);
if (absent)
	console.warn(`The Olist files are not beside the project (${files}), so they are not tried here.`);

/** What the example prints for a folder, and nothing else on standard output. */
async function reportOn(folder: string) {
	const { stdout } = await promisify(execFile)(process.execPath, [
		join(root, 'examples/olist/run.ts'),
		folder,
	]);
	const [promise] = reportSchema.parse(JSON.parse(stdout)).promises;
	if (!promise) throw new Error('the report has no promise');
	return promise;
}

async function expectFiguresOf(folder: string) {
	const [promise, figures] = await Promise.all([reportOn(folder), olistFigures(folder, '2019-01-01')]);
	const { late, ...verdicts } = figures.counts;
	expect(promise.occasions).toBe(figures.occasions);
	expect(promise.verdicts).toEqual({ ...verdicts, unknown: 0 });
	expect(promise.late).toBe(late);
	const units = Object.entries(promise.byUnit).filter(([, { occasions }]) => occasions > 0);
	for (const [unit, counted] of figures.byUnit)
		expect(Object.fromEntries(units)[unit], unit).toMatchObject(counted);
	const [scores] = promise.scores;
	for (const side of ['kept', 'broken', 'late'] as const) {
		const { mean } = scores?.[side] ?? {};
		expect(mean).toMatchObject({
			n: figures.reviews[side].n,
			value: expect.closeTo(figures.reviews[side].mean, 9),
		});
	}
	expect(scores?.difference).toMatchObject({
		value: expect.closeTo(figures.reviews.kept.mean - figures.reviews.broken.mean, 9),
	});
	const { median } = promise.margin;
	expect(median.kind === 'estimate' && median.value / 86_400).toBeCloseTo(figures.medianMarginDays, 6);
	return { promise, figures };
}

test.skipIf(absent)('the Olist report says what the files say', async () => {
	const { figures } = await expectFiguresOf(files);
	expect(figures.occasions).toBe(4899);
});

test.skipIf(absent)('so does that on other customers, with orders at every edge of the rules', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'touchstone-test-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	for (const name of ['customers', 'order_reviews'])
		await copyFile(join(files, `olist_${name}_dataset.csv`), join(folder, `olist_${name}_dataset.csv`));
	const [header = '', ...lines] = (await readFile(join(files, 'olist_orders_dataset.csv'), 'utf8')).split(
		/\r?\n/,
	);
	const edges = [
		// status, approved, handed over, delivered, estimated
		['delivered', '2018-01-02 10:00:00', '2018-01-03 10:00:00', '2018-01-10 23:59:59', '2018-01-10 00:00:00'],
		['delivered', '2018-01-02 10:00:00', '2018-01-03 10:00:00', '2018-01-11 00:00:00', '2018-01-10 00:00:00'],
		['delivered', '2018-01-02 10:00:00', '2018-01-30 10:00:00', '2018-01-09 10:00:00', '2018-01-10 00:00:00'],
		['canceled', '2018-01-11 00:00:00', '', '', '2018-01-10 00:00:00'],
		['canceled', '2018-01-10 23:59:59', '', '', '2018-01-10 00:00:00'],
		['canceled', '', '', '', '2018-01-10 00:00:00'],
		['canceled', '2018-01-02 10:00:00', '', '2018-01-12 10:00:00', '2018-01-10 00:00:00'],
		['unavailable', '', '', '', '2018-12-31 00:00:00'],
		['unavailable', '2018-02-02 10:00:00', '', '', '2018-01-10 00:00:00'],
		['unavailable', '2018-01-02 10:00:00', '', '', '2019-06-01 00:00:00'],
		['shipped', '2018-01-02 10:00:00', '2018-01-03 10:00:00', '', '2018-12-31 00:00:00'],
		['shipped', '2018-01-02 10:00:00', '2018-01-03 10:00:00', '', '2019-01-01 00:00:00'],
		['created', '', '', '', '2018-01-10 00:00:00'],
	];
	const half = lines.filter((line, place) => line !== '' && place % 2 === 0);
	const changed = half.map((line, place) => {
		const edge = edges[place];
		const [order, customer] = line.split(',');
		if (!edge) return line;
		const [status, ...times] = edge;
		return [order, customer, status, '2018-01-01 09:00:00', ...times].join(',');
	});
	await writeFile(join(folder, 'olist_orders_dataset.csv'), `${[header, ...changed].join('\r\n')}\r\n`);
	const kept = new Set(half.map(line => line.split(',', 1)[0]));
	await keepReviewsOf(folder, kept);
	const { promise } = await expectFiguresOf(folder);
	expect(promise.verdicts.pending).toBe(1);
});

/** Reviews of orders that are not there would be left out with a word on standard error, which is tested elsewhere. */
async function keepReviewsOf(folder: string, orders: ReadonlySet<string | undefined>): Promise<void> {
	const path = join(folder, 'olist_order_reviews_dataset.csv');
	const text = await readFile(path, 'utf8');
	const [header, ...reviews] = text.split(/\r?\n(?=[0-9a-f]{32},)/);
	const wanted = reviews.filter(review => orders.has(review.split(',')[1]));
	await writeFile(path, [header, ...wanted].join('\r\n'));
}
