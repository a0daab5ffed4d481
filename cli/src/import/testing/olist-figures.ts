import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export type Counts = { kept: number; broken: number; pending: number; void: number; late: number };
export type OlistFigures = {
	readonly occasions: number;
	readonly counts: Counts;
	readonly byUnit: ReadonlyMap<string, Counts>;
	/** Reviews of orders that were kept, broken, and of the broken ones delivered late. */
	readonly reviews: Readonly<Record<'kept' | 'broken' | 'late', { n: number; mean: number }>>;
	readonly medianMarginDays: number;
};

type Line = Readonly<Record<string, string>>;

/**
 * What the report must say of a folder of the Olist data set, counted straight from its files in the plainest way: no mapping,
 * no log, no judge. Orders are due at the end (UTC) of the estimated day.
 */
export async function olistFigures(folder: string, asOf: string): Promise<OlistFigures> {
	const [orders, customers, reviews] = await Promise.all(
		['orders', 'customers', 'order_reviews'].map(name => linesOf(folder, name)),
	);
	const stateOf = new Map((customers ?? []).map(line => [line.customer_id, line.customer_state ?? '']));
	const outcomes = new Map<string, keyof Counts>();
	const byUnit = new Map<string, Counts>();
	const counts = none();
	const margins: number[] = [];
	for (const order of orders ?? []) {
		const due = time(order.order_estimated_delivery_date?.slice(0, 10)) + dayMillis;
		const delivered = time(order.order_delivered_customer_date);
		const outcome = outcomeOf(order, due, delivered, Date.parse(asOf));
		const unit = stateOf.get(order.customer_id) ?? '';
		const ofUnit = byUnit.get(unit) ?? none();
		byUnit.set(unit, ofUnit);
		for (const count of [counts, ofUnit]) {
			count[outcome] += 1;
			if (outcome === 'late') count.broken += 1;
		}
		outcomes.set(order.order_id ?? '', outcome);
		if (!Number.isNaN(delivered)) margins.push((due - delivered) / dayMillis);
	}
	const scores = (among: readonly (keyof Counts)[]) => {
		const given = (reviews ?? []).flatMap(({ order_id, review_score }) => {
			const outcome = outcomes.get(order_id ?? '');
			return outcome && among.includes(outcome) ? [Number(review_score)] : [];
		});
		return { n: given.length, mean: given.reduce((sum, score) => sum + score, 0) / given.length };
	};
	return {
		occasions: outcomes.size,
		counts,
		byUnit,
		reviews: { kept: scores(['kept']), broken: scores(['broken', 'late']), late: scores(['late']) },
		medianMarginDays: median(margins),
	};
}

function outcomeOf(order: Line, due: number, delivered: number, asOf: number): keyof Counts {
	if (!Number.isNaN(delivered)) return delivered < due ? 'kept' : 'late';
	const known = [order.order_purchase_timestamp, order.order_approved_at, order.order_delivered_carrier_date];
	const latest = Math.max(...known.map(time).filter(found => !Number.isNaN(found)));
	if (order.order_status === 'unavailable') return 'broken';
	if (order.order_status === 'canceled' && latest < due) return 'void';
	return due <= asOf ? 'broken' : 'pending';
}

async function linesOf(folder: string, name: string): Promise<Line[]> {
	const text = await readFile(join(folder, `olist_${name}_dataset.csv`), 'utf8');
	return parse<Line>(text, { columns: true, bom: true });
}

const dayMillis = 86_400_000;

function time(text: string | undefined): number {
	return text ? Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`) : Number.NaN;
}

function none(): Counts {
	return { kept: 0, broken: 0, pending: 0, void: 0, late: 0 };
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((one, other) => one - other);
	const middle = (sorted.length - 1) / 2;
	return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
