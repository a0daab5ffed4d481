/** Milliseconds since 1970 in UTC, as the log stores time. */
export type Milliseconds = number;

/** The stores hold instants from 1970 on and before this one. */
const endOfTime = Date.UTC(2300, 0, 1);

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads an ISO 8601 time as event sources write it: with a zone, or without one and then in UTC as the Segment specification
 * says. Undefined when it is no time, not in the calendar, or outside what the stores hold.
 */
export function readInstant(text: string): Milliseconds | undefined {
	const time = exactInstant(text) ?? looseInstant(text);
	return time !== undefined && time >= 0 && time < endOfTime ? time : undefined;
}

/**
 * When it really happened: what the device's clock said, moved by how wrong that clock was when it sent
 * (`timestamp = receivedAt − (sentAt − originalTimestamp)`). Without a time of its own an interaction happened when it
 * arrived; without the time of sending, or when the correction would leave what the stores hold, the device is believed.
 */
export function correctedTime(
	received: Milliseconds,
	original: Milliseconds | null,
	sent: Milliseconds | null,
): Milliseconds {
	if (original === null) return received;
	if (sent === null) return original;
	const corrected = received - (sent - original);
	return corrected >= 0 && corrected < endOfTime ? corrected : original;
}

/** `2026-03-01T09:30:00.123Z`, the form nearly every client sends, read without a regular expression. */
function exactInstant(text: string): Milliseconds | undefined {
	if (
		text.length !== 24 ||
		text.charCodeAt(23) !== 90 /* Z */ ||
		text.charCodeAt(10) !== 84 /* T */ ||
		text.charCodeAt(4) !== 45 ||
		text.charCodeAt(7) !== 45 ||
		text.charCodeAt(13) !== 58 ||
		text.charCodeAt(16) !== 58 ||
		text.charCodeAt(19) !== 46
	)
		return undefined;
	const year = digits(text, 0, 4);
	const month = digits(text, 5, 7);
	const day = digits(text, 8, 10);
	const hour = digits(text, 11, 13);
	const minute = digits(text, 14, 16);
	const second = digits(text, 17, 19);
	const millisecond = digits(text, 20, 23);
	// A negative part is not a number at all; `looseInstant` decides then, and about everything unusual.
	if ((year | month | day | hour | minute | second | millisecond) < 0) return undefined;
	if (month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59)
		return undefined;
	return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

function digits(text: string, from: number, to: number): number {
	let value = 0;
	for (let at = from; at < to; at += 1) {
		const digit = text.charCodeAt(at) - 48;
		if (digit < 0 || digit > 9) return -1;
		value = value * 10 + digit;
	}
	return value;
}

function looseInstant(text: string): Milliseconds | undefined {
	if (text.length > 40) return undefined;
	const match = instant.exec(text);
	if (!match && !dateOnly.test(text)) return undefined;
	const upright = text.replace(' ', 'T').replace('z', 'Z');
	const time = Date.parse(match && match[3] === undefined ? `${upright}Z` : upright);
	if (Number.isNaN(time)) return undefined;
	// Date.parse rolls 31 February over into March.
	const lastDay = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
	return Number(text.slice(8, 10)) <= lastDay ? time : undefined;
}
