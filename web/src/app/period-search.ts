import { channelSchema } from '@touchstone/domain/moments/moment';
import { z } from 'zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/**
 * What the bar above a page asks for, kept in the address. A hand-typed address that does not fit falls back to what is usual,
 * it does not break the page.
 */
export const periodSearchSchema = z.object({
	period: z.enum(['30d', '90d', '12m', 'all', 'custom']).optional().catch(undefined),
	from: day.optional().catch(undefined),
	to: day.optional().catch(undefined),
	compare: z.enum(['before', 'year', 'none']).optional().catch(undefined),
	unit: z.string().max(80).optional().catch(undefined),
	channel: channelSchema.optional().catch(undefined),
	segment: z.enum(['person', 'account']).optional().catch(undefined),
});
export type PeriodSearch = z.output<typeof periodSearchSchema>;

export const usualPeriod = '90d';
export const usualComparison = 'before';

type Period = { readonly from?: string; readonly to?: string };

const dayMs = 86_400_000;
const daysOf = { '30d': 30, '90d': 90, '12m': 365 } as const;

/** The question that the bar asks of every panel: the period, what it is compared with, and whose occasions. */
export function questionOf(search: PeriodSearch, today: Date) {
	const { now, before } = periodsOf(search, today);
	const instant = (date: string) => `${date}T00:00:00.000Z`;
	return {
		...(now.from ? { from: instant(now.from) } : {}),
		...(now.to ? { to: instant(now.to) } : {}),
		...(before?.from ? { compareFrom: instant(before.from) } : {}),
		...(before?.to ? { compareTo: instant(before.to) } : {}),
		...(search.unit ? { unit: search.unit } : {}),
		...(search.channel ? { channel: search.channel } : {}),
		...(search.segment ? { segment: search.segment } : {}),
	};
}

/** The period asked for and the one it is compared with, as half-open spans of UTC days. */
export function periodsOf(
	search: PeriodSearch,
	today: Date,
): { readonly now: Period; readonly before: Period | undefined } {
	const now = periodOf(search, today);
	if (search.compare === 'none' || now.from === undefined || now.to === undefined)
		return { now, before: undefined };
	const from = Date.parse(now.from);
	const to = Date.parse(now.to);
	const shift = search.compare === 'year' ? 365 * dayMs : to - from;
	return { now, before: { from: dayText(from - shift), to: dayText(to - shift) } };
}

function periodOf(search: PeriodSearch, today: Date): Period {
	const period = search.period ?? usualPeriod;
	if (period === 'all') return {};
	if (period === 'custom') {
		return { ...(search.from ? { from: search.from } : {}), ...(search.to ? { to: search.to } : {}) };
	}
	const end = Math.floor(today.getTime() / dayMs) * dayMs + dayMs;
	return { from: dayText(end - daysOf[period] * dayMs), to: dayText(end) };
}

function dayText(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}
