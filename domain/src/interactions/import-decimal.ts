/** How a file writes numbers: `1.234,56` is `{ decimal: ',', thousands: '.' }`. */
export type NumberStyle = { readonly decimal: '.' | ','; readonly thousands?: string | undefined };

/** A number as exact text: optional sign, digits, and after a point at most the digits that matter. */
export type Decimal = string;

const plain = /^-?\d{1,40}(\.\d{1,40})?$/;
const scientific = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?[eE]([+-]?\d{1,3})$/;

/**
 * Reads a number without passing through binary floating point, so that sums of money stay exact. Binary numbers, as JSON and
 * Parquet hold them, are read at the 15 digits that they carry faithfully.
 * @returns undefined when it is not a number in this style
 */
export function readDecimal(value: unknown, style: NumberStyle): Decimal | undefined {
	if (typeof value === 'number')
		return Number.isFinite(value) ? fromText(String(Number(value.toPrecision(15)))) : undefined;
	if (typeof value === 'bigint') return String(value);
	if (typeof value !== 'string') return undefined;
	let text = value.trim();
	if (style.thousands) text = withoutThousands(text, style.thousands, style.decimal);
	if (style.decimal === ',') {
		if (text.includes('.')) return undefined;
		text = text.replace(',', '.');
	}
	return fromText(text);
}

export function addDecimals(one: Decimal, other: Decimal): Decimal {
	const places = Math.max(decimalPlaces(one), decimalPlaces(other));
	return fromScaled(scaled(one, places) + scaled(other, places), places);
}

export function multiplyDecimals(one: Decimal, other: Decimal): Decimal {
	const places = [decimalPlaces(one), decimalPlaces(other)] as const;
	return fromScaled(scaled(one, places[0]) * scaled(other, places[1]), places[0] + places[1]);
}

/** Rounds to so many places, halves away from zero. */
export function roundDecimal(value: Decimal, places: number): Decimal {
	const has = decimalPlaces(value);
	if (has <= places) return value;
	const unit = 10n ** BigInt(has - places);
	const whole = scaled(value, has);
	const half = whole < 0n ? -unit / 2n : unit / 2n;
	return fromScaled((whole + half) / unit, places);
}

/** Negative, zero or positive as `one` is below, equal to or above `other`. */
export function compareDecimals(one: Decimal, other: Decimal): number {
	const places = Math.max(decimalPlaces(one), decimalPlaces(other));
	const difference = scaled(one, places) - scaled(other, places);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function decimalPlaces(value: Decimal): number {
	const point = value.indexOf('.');
	return point < 0 ? 0 : value.length - point - 1;
}

function fromText(given: string): Decimal | undefined {
	const text = given.startsWith('+') ? given.slice(1) : given;
	if (plain.test(text)) return text.includes('.') ? trimmed(text) : text;
	if (/^-?\.\d+$/.test(text)) return fromText(text.replace('.', '0.'));
	const match = scientific.exec(text);
	if (!match) return undefined;
	const digits = `${match[2]}${match[3] ?? ''}`;
	const places = (match[3]?.length ?? 0) - Number(match[4]);
	if (Math.abs(places) > 60) return undefined;
	const whole = BigInt(digits) * (match[1] === '-' ? -1n : 1n);
	return places >= 0 ? fromScaled(whole, places) : String(whole * 10n ** BigInt(-places));
}

/** Groups must be of three digits, so that `1.5` in a file that groups with points is an error and not 15. */
function withoutThousands(text: string, thousands: string, decimal: string): string {
	if (!text.includes(thousands)) return text;
	const [whole = '', ...fraction] = text.split(decimal);
	const groups = whole.split(thousands);
	const grouped = groups.every((group, index) =>
		index === 0 ? /^[+-]?\d{1,3}$/.test(group) : /^\d{3}$/.test(group),
	);
	return grouped ? [groups.join(''), ...fraction].join(decimal) : text;
}

function scaled(value: Decimal, places: number): bigint {
	const has = decimalPlaces(value);
	return BigInt(value.replace('.', '')) * 10n ** BigInt(places - has);
}

function fromScaled(whole: bigint, places: number): Decimal {
	if (places === 0) return String(whole);
	const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, '0');
	const cut = digits.length - places;
	return trimmed(`${whole < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`);
}

function trimmed(text: string): Decimal {
	let end = text.length;
	while (text.charAt(end - 1) === '0') end -= 1;
	if (text.charAt(end - 1) === '.') end -= 1;
	return end === text.length ? text : text.slice(0, end);
}
