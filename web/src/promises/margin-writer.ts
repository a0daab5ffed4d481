import type { Formats } from '../texts/formats.ts';

/** Writes amounts of a promise: time for promises about time, else plain numbers in the measure's own unit. */
export function amountWriter(unit: string, formats: Formats): (amount: number) => string {
	return unit === 'seconds' ? formats.duration : amount => formats.number(amount, amount % 1 === 0 ? 0 : 2);
}

/** Writes how far delivered was from promised, with a sign: + is better than promised. */
export function marginWriter(unit: string, formats: Formats): (margin: number) => string {
	const write = amountWriter(unit, formats);
	return margin => (margin === 0 ? '0' : `${margin > 0 ? '+' : '\u2212'}${write(Math.abs(margin))}`);
}
