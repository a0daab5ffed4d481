import { z } from 'zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/**
 * What the bar above a page asks for, kept in the address. A hand-typed address that does not fit falls back to what is usual,
 * it does not break the page.
 */
export const periodSearchSchema = z.object({
	period: z.enum(['30d', '90d', '12m', 'all', 'custom']).default('90d').catch('90d'),
	from: day.optional().catch(undefined),
	to: day.optional().catch(undefined),
	compare: z.enum(['before', 'year', 'none']).default('before').catch('before'),
	unit: z.string().max(80).optional().catch(undefined),
	channel: z.string().max(40).optional().catch(undefined),
});
export type PeriodSearch = z.output<typeof periodSearchSchema>;

export type Period = { readonly from?: string; readonly to?: string };

const dayMs = 86_400_000;
const daysOf = { '30d': 30, '90d': 90, '12m': 365 } as const;

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
	if (search.period === 'all') return {};
	if (search.period === 'custom') {
		return { ...(search.from ? { from: search.from } : {}), ...(search.to ? { to: search.to } : {}) };
	}
	const end = Math.floor(today.getTime() / dayMs) * dayMs + dayMs;
	return { from: dayText(end - daysOf[search.period] * dayMs), to: dayText(end) };
}

function dayText(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}
