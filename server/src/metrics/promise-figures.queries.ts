import { scales } from '@touchstone/domain/units/scale';
import { z } from 'zod';
import type { ScopedColumns } from '../database/columns-door.ts';
import type { Statement } from '../verdicts/verdict-sql.queries.ts';
import { type OccasionFilter, rowCondition, spanCondition } from './occasion-filter.queries.ts';
import { type Repeated, standingInteractions } from './repeated-rows.queries.ts';

const verdictName = z.enum(['kept', 'broken', 'pending', 'unknown', 'void']);
const count = z.coerce.number().int();

/** The standing verdicts of one promise, as kept by the judge. */
export function standingVerdicts(promise: string): Statement {
	return {
		sql: `SELECT customer, subject, unit, channel, account, occasion_time, toString(verdict) AS verdict, late, margin, delivered
FROM verdicts FINAL WHERE promise = {promise:String}`,
		params: { promise },
	};
}

/** How many occasions of each verdict, unit by unit, and how many carry a margin. */
export function verdictCountsByUnit(columns: ScopedColumns, verdicts: Statement, filter: OccasionFilter) {
	const source = filtered(verdicts, filter);
	return columns.rows({
		sql: `SELECT unit, verdict, count() AS n, countIf(late) AS late, countIf(isNotNull(margin) AND isNotNull(delivered) AND verdict != 'void') AS margins
FROM (${source.sql}) GROUP BY unit, verdict`,
		params: source.params,
		row: z.object({ unit: z.string(), verdict: verdictName, n: count, late: count, margins: count }),
	});
}

/**
 * The margins at the given positions of all margins in order. A position is a share of n: 0 is the smallest, 1 the largest;
 * between two observations the value is interpolated.
 * @param positions 0 … 1, computed by the caller, so they are written into the text
 */
export async function marginsAt(
	columns: ScopedColumns,
	verdicts: Statement,
	filter: OccasionFilter,
	positions: readonly number[],
): Promise<readonly number[]> {
	const source = filtered(verdicts, filter);
	const levels = positions.map(position => Math.min(1, Math.max(0, position)).toFixed(12)).join(', ');
	const [row] = await columns.rows({
		sql: `SELECT quantilesExactInclusive(${levels})(assumeNotNull(margin)) AS margins
FROM (${source.sql}) WHERE isNotNull(margin) AND isNotNull(delivered) AND verdict != 'void'`,
		params: source.params,
		row: z.object({ margins: z.array(z.number()) }),
	});
	return row?.margins ?? [];
}

/**
 * Sums of the scores given about the subjects of kept, broken and late occasions. A subject with a broken occasion counts as
 * broken. Feedback is tied to an occasion by customer and subject, so both stay on one shard; subjects are told apart by a hash,
 * which needs a third of the memory of their texts.
 */
export function scoreSums(columns: ScopedColumns, verdicts: Statement, filter: OccasionFilter, asOf: Date) {
	const source = filtered(verdicts, filter);
	const named = Object.entries(scales);
	return columns.rows({
		sql: `SELECT answer.1 AS scale, outcome, count() AS n, sum(answer.2) AS sum, sum(answer.2 * answer.2) AS sumOfSquares,
	countIf(answer.2 >= transform(answer.1, {scaleNames:Array(String)}, {scaleTops:Array(Float64)}, 1e9)) AS top
FROM (
	SELECT customer, errand, groupArrayIf((onScale, points), isAnswer) AS answers,
		multiIf(max(isBroken) = 1, if(max(isLate) = 1, 'late', 'undone'), max(isKept) = 1, 'kept', '') AS outcome
	FROM (
		SELECT customer, sipHash64(subject) AS errand, toUInt8(verdict = 'kept') AS isKept, toUInt8(verdict = 'broken') AS isBroken, toUInt8(late) AS isLate, false AS isAnswer, '' AS onScale, toFloat64(0) AS points
		FROM (${source.sql}) WHERE subject != ''
		UNION ALL
		SELECT customer, sipHash64(subject) AS errand, toUInt8(0) AS isKept, toUInt8(0) AS isBroken, toUInt8(0) AS isLate, true AS isAnswer, toString(scale) AS onScale, assumeNotNull(score) AS points
		FROM feedback FINAL
		WHERE subject != '' AND isNotNull(score) AND time <= fromUnixTimestamp64Milli({feedbackUntil:Int64}, 'UTC')
	)
	GROUP BY customer, errand
	HAVING outcome != '' AND notEmpty(answers)
) ARRAY JOIN answers AS answer
GROUP BY scale, outcome`,
		params: {
			...source.params,
			feedbackUntil: asOf.getTime(),
			scaleNames: named.map(([name]) => name),
			scaleTops: named.map(([, scale]) => scale.top),
		},
		row: z.object({
			scale: z.string(),
			outcome: z.enum(['kept', 'late', 'undone']),
			n: count,
			sum: z.number(),
			sumOfSquares: z.number(),
			top: count,
		}),
	});
}

/** How many customers the occasions are of, how many of them met a broken one, and the revenue these brought in the period. */
export async function customersAtStake(
	columns: ScopedColumns,
	verdicts: Statement,
	filter: OccasionFilter,
	asOf: Date,
	currency: string,
	repeated: Repeated = 'everyone',
) {
	const source = filtered(verdicts, filter);
	const period = `${spanCondition('time', filter).sql} AND time <= fromUnixTimestamp64Milli({asOf:Int64}, 'UTC')`;
	const payments = standingInteractions(
		'customer, revenue',
		{
			sql: `isNotNull(revenue) AND currency IN ('', {currency:String}) AND ${period}`,
			params: { currency, asOf: asOf.getTime(), ...spanCondition('time', filter).params },
		},
		repeated,
	);
	const [row] = await columns.rows({
		sql: `SELECT countIf(isOccasion = 1) AS customers, countIf(isBroken = 1) AS affected,
	sumIf(paidTimes, isBroken = 1) AS payments, toFloat64(sumIf(paid, isBroken = 1)) AS revenue
FROM (
	SELECT customer, max(occasionRow) AS isOccasion, max(brokenRow) AS isBroken, sum(times) AS paidTimes, sum(amount) AS paid
	FROM (
		SELECT customer, toUInt8(1) AS occasionRow, toUInt8(verdict = 'broken') AS brokenRow, toUInt64(0) AS times, toDecimal128(0, 4) AS amount
		FROM (${source.sql})
		UNION ALL
		SELECT customer, toUInt8(0) AS occasionRow, toUInt8(0) AS brokenRow, count() AS times, toDecimal128(sum(assumeNotNull(revenue)), 4) AS amount
		FROM (${payments.sql})
		GROUP BY customer
	)
	GROUP BY customer
)`,
		params: { ...source.params, ...payments.params },
		row: z.object({ customers: count, affected: count, payments: count, revenue: z.number() }),
	});
	return row ?? { customers: 0, affected: 0, payments: 0, revenue: 0 };
}

/** The occasions among given verdicts that a filter lets through. */
export function filtered(verdicts: Statement, filter: OccasionFilter): Statement {
	const rows = rowCondition(filter);
	const span = spanCondition('occasion_time', filter);
	return {
		sql: `SELECT customer, subject, unit, verdict, late, margin, delivered FROM (${verdicts.sql}) WHERE ${rows.sql} AND ${span.sql}`,
		params: { ...verdicts.params, ...rows.params, ...span.params },
	};
}
