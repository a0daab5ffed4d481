/** How numbers, times and money read in the person's own locale. One object per locale: making formatters is slow. */
export type Formats = {
	readonly number: (value: number, digits?: number) => string;
	/** A share of 0 … 1 as per cent. */
	readonly share: (value: number, digits?: number) => string;
	/** A difference of two shares, in percentage points, with its sign. */
	readonly points: (value: number, digits?: number) => string;
	/** How far a share falls short, in percentage points: that it is short goes without saying, only going beyond has a sign. */
	readonly gap: (value: number, digits?: number) => string;
	readonly signed: (value: number, digits?: number) => string;
	readonly money: (value: number, currency: string) => string;
	/** Seconds in the largest unit that suits: 1.5 days, 40 min. */
	readonly duration: (seconds: number) => string;
	readonly day: (time: string | Date) => string;
	readonly time: (time: string | Date) => string;
	/** The time of the day to the second. */
	readonly clock: (time: string | Date) => string;
	readonly month: (time: string | Date) => string;
	/** A day of a year that goes without saying: 12 Mar. */
	readonly shortDay: (time: string | Date) => string;
	/** The days from one time up to, and without, another: 5 – 11 Oct 2026. */
	readonly days: (from: string | Date, to: string | Date) => string;
};

const steps = [
	['day', 86_400],
	['hour', 3_600],
	['minute', 60],
	['second', 1],
] as const;

/** @param zone an IANA time zone, as the company has it */
export function formatsFor(locale: string, zone = 'UTC'): Formats {
	const cached = new Map<string, Intl.NumberFormat>();
	const numbers = (options: Intl.NumberFormatOptions) => {
		const name = JSON.stringify(options);
		const known = cached.get(name) ?? new Intl.NumberFormat(locale, options);
		cached.set(name, known);
		return known;
	};
	const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone });
	const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
	const clocks = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: zone });
	const shortDays = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: zone });
	const months = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: zone });
	return {
		number: (value, digits = Number.isInteger(value) ? 0 : 1) =>
			numbers({ maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value),
		share: (value, digits = 1) =>
			numbers({ style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: digits }).format(
				value,
			),
		points: (value, digits = 1) =>
			`${numbers({ signDisplay: 'exceptZero', maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value * 100)} pp`,
		gap: (value, digits = 1) =>
			`${numbers({ maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value * 100)} pp`,
		signed: (value, digits = 1) =>
			numbers({
				signDisplay: 'exceptZero',
				maximumFractionDigits: digits,
				minimumFractionDigits: digits,
			}).format(value),
		money: (value, currency) =>
			currency === ''
				? numbers({ maximumFractionDigits: 0 }).format(value)
				: numbers({ style: 'currency', currency, maximumFractionDigits: 0 }).format(value),
		duration: seconds => {
			const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
			return numbers({ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(
				seconds / size,
			);
		},
		day: time => days.format(new Date(time)),
		time: time => times.format(new Date(time)),
		clock: time => clocks.format(new Date(time)),
		month: time => months.format(new Date(time)),
		shortDay: time => shortDays.format(new Date(time)),
		days: (from, to) => days.formatRange(new Date(from), new Date(new Date(to).getTime() - 1)),
	};
}
