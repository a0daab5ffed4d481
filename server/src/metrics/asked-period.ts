import type { Definitions } from '@touchstone/domain/definitions/definitions';
import { type Periods, periodsOf, spanOf } from '@touchstone/domain/metrics/period';
import type { Bucket, PeriodQuery, Span } from '@touchstone/domain/metrics/period-query';
import type { UnitId } from '@touchstone/domain/owners/ids';
import { unitsBelow } from '@touchstone/domain/owners/units-below';
import { Refusal } from '../http/problems.ts';
import type { RowFilter } from './occasion-filter.queries.ts';

/** What a page asked for, with all that it left out filled in. */
export type AskedPeriod = {
	readonly periods: Periods;
	readonly filter: RowFilter;
	/** The company's time zone and currency. */
	readonly zone: string;
	readonly currency: string;
	readonly now: Date;
	/** What every answer says about the time it speaks of. */
	readonly answered: {
		readonly period: Span;
		readonly comparison: Span | null;
		readonly bucket: Bucket;
		readonly timeZone: string;
		readonly currency: string;
	};
};

/** @throws Refusal when the unit is not defined */
export function askedPeriod(query: PeriodQuery, { company, units }: Definitions, now: Date): AskedPeriod {
	const periods = periodsOf(query, now);
	return {
		periods,
		filter: {
			...(query.unit ? { units: unitsAsked(units, query.unit) } : {}),
			...(query.channel ? { channel: query.channel } : {}),
			...(query.segment ? { segment: query.segment } : {}),
		},
		zone: company.timeZone,
		currency: company.currency,
		now,
		answered: {
			period: spanOf(periods.now),
			comparison: periods.before ? spanOf(periods.before) : null,
			bucket: periods.bucket,
			timeZone: company.timeZone,
			currency: company.currency,
		},
	};
}

/** A unit and those below it. @throws Refusal when it is not defined */
export function unitsAsked(units: Definitions['units'], unit: UnitId): UnitId[] {
	const found = unitsBelow(units, unit);
	if (found.length > 0) return found;
	throw new Refusal('not-found', `There is no unit ${unit}.`);
}
