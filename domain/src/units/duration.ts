import { z } from 'zod';

/** A length of time as people write it in definitions: a whole number and one unit, `90s`, `15m`, `48h`, `14d`, `2w`. */
export type Duration = string;

const secondsPerUnit = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
const pattern = /^(\d{1,6})([smhdw])$/;

export const durationSchema = z
	.string()
	.regex(pattern, 'must be a whole number and a unit (s, m, h, d or w), like 48h or 14d');

/**
 * How many seconds a duration lasts. Days are 24 hours and weeks 7 days: a promise that follows the calendar names a date
 * instead.
 * @throws RangeError when the text is not a duration
 */
export function durationSeconds(duration: Duration): number {
	const match = pattern.exec(duration);
	const unit = match?.[2];
	if (!match || !unit || !isUnit(unit))
		throw new RangeError(`duration must be like 48h or 14d, got ${duration}`);
	return Number(match[1]) * secondsPerUnit[unit];
}

/** A number of seconds in the largest unit that keeps it readable: `2.5 h`, `12.5 days`. Sign is kept. */
export function secondsInWords(seconds: number): string {
	const size = Math.abs(seconds);
	const digits = (value: number) => String(Number(value.toFixed(1)));
	if (size >= 2 * 86_400) return `${digits(seconds / 86_400)} days`;
	if (size >= 2 * 3600) return `${digits(seconds / 3600)} h`;
	if (size >= 120) return `${digits(seconds / 60)} min`;
	return `${digits(seconds)} s`;
}

function isUnit(text: string): text is keyof typeof secondsPerUnit {
	return text in secondsPerUnit;
}
