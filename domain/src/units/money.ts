import { z } from 'zod';

/** An ISO 4217 currency code. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR');

/**
 * An amount of money in whole and decimal units, at most four decimals, as text: money never passes through binary floating
 * point on its way to the store. Numbers are accepted at the edge and written out.
 */
export const moneySchema = z
	.union([z.string(), z.number().transform(value => numberAsDecimal(value))])
	.pipe(
		z
			.string()
			.regex(/^-?\d{1,14}(\.\d{1,4})?$/, 'must be a decimal amount with at most 4 decimals, like 129.90'),
	);

function numberAsDecimal(value: number): string {
	return Number.isFinite(value) && Math.abs(value) < 1e14 ? String(Number(value.toFixed(4))) : String(value);
}
