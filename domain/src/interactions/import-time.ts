import { type WallClock, wallClock, wallTime } from './import-zone.ts';

/** A time as it was read: the instant, and the calendar day that was written down or that the zone had. */
export type ReadTime =
	| { readonly kind: 'time'; readonly instant: number; readonly day: () => string }
	| { readonly kind: 'unreadable'; readonly reason: string };

/** The fields a format found in a text. Month 1 … 12; offset in minutes east of UTC, undefined where the text carries none. */
type Parts = {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
	millis: number;
	afternoon: boolean | undefined;
	offsetMinutes: number | undefined;
};
type Piece = { readonly source: string; readonly take?: (parts: Parts, text: string) => void };

const latestInstant = Date.UTC(2300, 0, 1);
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const letters = {
	yyyy: { source: '(\\d{4})', take: (parts, text) => (parts.year = Number(text)) },
	yy: {
		source: '(\\d{2})',
		take: (parts, text) => (parts.year = Number(text) + (Number(text) < 70 ? 2000 : 1900)),
	},
	MMMM: { source: '([A-Za-z]{3,9})', take: takeMonthName },
	MMM: { source: '([A-Za-z]{3})', take: takeMonthName },
	MM: { source: '(\\d{2})', take: (parts, text) => (parts.month = Number(text)) },
	M: { source: '(\\d{1,2})', take: (parts, text) => (parts.month = Number(text)) },
	dd: { source: '(\\d{2})', take: (parts, text) => (parts.day = Number(text)) },
	d: { source: '(\\d{1,2})', take: (parts, text) => (parts.day = Number(text)) },
	HH: { source: '(\\d{2})', take: (parts, text) => (parts.hour = Number(text)) },
	H: { source: '(\\d{1,2})', take: (parts, text) => (parts.hour = Number(text)) },
	hh: { source: '(\\d{2})', take: (parts, text) => (parts.hour = Number(text)) },
	h: { source: '(\\d{1,2})', take: (parts, text) => (parts.hour = Number(text)) },
	mm: { source: '(\\d{2})', take: (parts, text) => (parts.minute = Number(text)) },
	m: { source: '(\\d{1,2})', take: (parts, text) => (parts.minute = Number(text)) },
	ss: { source: '(\\d{2})', take: (parts, text) => (parts.second = Number(text)) },
	s: { source: '(\\d{1,2})', take: (parts, text) => (parts.second = Number(text)) },
	S: {
		source: '(\\d{1,9})',
		take: (parts, text) => (parts.millis = Math.floor(Number(`0.${text}`) * 1000 + 1e-6)),
	},
	a: {
		source: '([AaPp]\\.?[Mm]\\.?)',
		take: (parts, text) => (parts.afternoon = text.charAt(0).toLowerCase() === 'p'),
	},
	X: { source: '(Z|z|[+-]\\d{2}(?::?\\d{2})?)', take: takeOffset },
	EEE: { source: '[A-Za-z]{2,9}\\.?' },
} satisfies Record<string, Piece>;

/**
 * Reads times written in any of the formats, tried in order. Formats are `iso`, `epoch-seconds`, `epoch-millis`, or letters as
 * in `dd/MM/yyyy HH:mm:ss` (y year, M month, d day, H or h hour, m minute, s second, S fraction, a AM/PM, X offset, EEE weekday,
 * text in 'quotes' as it stands). A time without an offset is read on the wall clock of `zone`.
 * @throws RangeError when a format cannot be understood
 */
export function timeReader(
	formats: readonly string[],
	zone: string | undefined,
): (value: unknown) => ReadTime {
	const clock = zone === undefined ? undefined : wallClock(zone);
	const shown = wallTime(zone ?? 'UTC');
	const readers = formats.map(format => formatReader(format, clock));
	const wanted = formats.length === 1 ? formats[0] : `any of ${formats.join(' | ')}`;
	return value => {
		if (value instanceof Date) return held(fromInstant(value.getTime(), shown));
		const text = typeof value === 'string' ? value.trim() : String(value);
		let missingZone = false;
		for (const read of readers) {
			const found = read(text);
			if (found === 'no-zone') missingZone = true;
			else if (typeof found === 'number') return held(fromInstant(found, shown));
			else if (found) return held(found);
		}
		return missingZone
			? {
					kind: 'unreadable',
					reason: 'carries no zone; say which with zone, here or under defaults (zone: UTC)',
				}
			: { kind: 'unreadable', reason: `is not a time in the format ${wanted}; correct it or the format` };
	};
}

/** Why a format cannot be used; undefined when it can. */
export function timeFormatProblem(format: string): string | undefined {
	try {
		formatReader(format, undefined);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** Our stores hold times from 1970 to 2299; others are slips of the pen, or stand for "never". */
function held(time: ReadTime): ReadTime {
	if (time.kind === 'unreadable' || (time.instant >= 0 && time.instant < latestInstant)) return time;
	return {
		kind: 'unreadable',
		reason: 'is before 1970 or after 2299; where it stands for nothing, list it under defaults.empty',
	};
}

type FormatReader = (text: string) => ReadTime | number | 'no-zone' | undefined;

function formatReader(format: string, clock: WallClock | undefined): FormatReader {
	if (format === 'epoch-seconds') return text => epoch(text, 1000);
	if (format === 'epoch-millis') return text => epoch(text, 1);
	return piecesReader(format === 'iso' ? isoPieces() : piecesOf(format), clock);
}

/** ISO 8601 as files hold it: a day, or a day and a time after T or a space, with or without seconds, fraction and offset. */
function isoPieces(): Piece[] {
	const { yyyy, MM, dd, HH, mm, ss, S, X } = letters;
	const plain = (source: string): Piece => ({ source });
	return [
		...[yyyy, plain('-'), MM, plain('-'), dd],
		...[plain('(?:[Tt ]'), HH, plain(':'), mm, plain('(?::'), ss, plain('(?:[.,]'), S, plain(')?)? ?')],
		...[X, plain('?)?')],
	];
}

function epoch(text: string, factor: number): number | undefined {
	if (!/^-?\d{1,16}(\.\d+)?$/.test(text)) return undefined;
	return Math.round(Number(text) * factor);
}

function piecesReader(pieces: readonly Piece[], clock: WallClock | undefined): FormatReader {
	const pattern = new RegExp(`^${pieces.map(piece => piece.source).join('')}$`);
	const takes = pieces.flatMap(piece => (piece.take ? [piece.take] : []));
	return text => {
		const match = pattern.exec(text);
		if (!match) return undefined;
		const parts: Parts = {
			year: Number.NaN,
			month: 1,
			day: 1,
			hour: 0,
			minute: 0,
			second: 0,
			millis: 0,
			afternoon: undefined,
			offsetMinutes: undefined,
		};
		for (let index = 0; index < takes.length; index += 1) {
			const found = match[index + 1];
			if (found !== undefined) takes[index]?.(parts, found);
		}
		const wall = wallMillis(parts);
		if (wall === undefined) return { kind: 'unreadable', reason: 'is not a day and time that exist' };
		const day = () => new Date(wall).toISOString().slice(0, 10);
		if (parts.offsetMinutes !== undefined)
			return { kind: 'time', instant: wall - parts.offsetMinutes * 60_000, day };
		return clock ? { kind: 'time', instant: clock(wall), day } : 'no-zone';
	};
}

function piecesOf(format: string): Piece[] {
	const pieces: Piece[] = [];
	for (const [token] of format.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
		if (token === "'") throw new RangeError(`the format ${format} opens a quote and does not close it`);
		if (token.startsWith("'"))
			pieces.push({ source: escaped(token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'")) });
		else if (/[A-Za-z]/.test(token)) pieces.push(pieceOf(token, format));
		else pieces.push({ source: escaped(token) });
	}
	if (!pieces.some(piece => piece === letters.yyyy || piece === letters.yy))
		throw new RangeError(`the format ${format} has no year (yyyy or yy)`);
	return pieces;
}

function pieceOf(token: string, format: string): Piece {
	if (isLetters(token)) return letters[token];
	if (/^S+$/.test(token)) return letters.S;
	if (/^[Xx]{1,3}$/.test(token)) return letters.X;
	if (/^E{1,4}$/.test(token)) return letters.EEE;
	const meant = { YYYY: 'yyyy', YY: 'yy', DD: 'dd', D: 'd', A: 'a' }[token];
	throw new RangeError(
		meant
			? `the format ${format} has ${token}; write ${meant}`
			: `the format ${format} has ${token}, which stands for nothing; put plain text in 'quotes'`,
	);
}

function isLetters(token: string): token is keyof typeof letters {
	return Object.hasOwn(letters, token);
}

function wallMillis(parts: Parts): number | undefined {
	const hour = parts.afternoon === undefined ? parts.hour : (parts.hour % 12) + (parts.afternoon ? 12 : 0);
	const fits =
		parts.month >= 1 &&
		parts.month <= 12 &&
		parts.day >= 1 &&
		parts.day <= daysIn(parts.year, parts.month) &&
		hour < 24 &&
		(parts.afternoon === undefined || (parts.hour >= 1 && parts.hour <= 12)) &&
		parts.minute < 60 &&
		parts.second < 60;
	if (!fits) return undefined;
	return Date.UTC(parts.year, parts.month - 1, parts.day, hour, parts.minute, parts.second, parts.millis);
}

function daysIn(year: number, month: number): number {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function fromInstant(instant: number, shown: (instant: number) => number): ReadTime {
	return { kind: 'time', instant, day: () => new Date(shown(instant)).toISOString().slice(0, 10) };
}

function takeMonthName(parts: Parts, text: string): void {
	parts.month = months.indexOf(text.slice(0, 3).toLowerCase()) + 1;
}

function takeOffset(parts: Parts, text: string): void {
	if (text === 'Z' || text === 'z') parts.offsetMinutes = 0;
	else {
		const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(3).replace(':', '') || 0)];
		parts.offsetMinutes = (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
	}
}

function escaped(text: string): string {
	return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
