/**
 * Test support: a number somebody else published or computed, held against ours.
 *
 * Every such number is asserted, and when TOUCHSTONE_WRITE_VALIDATION names a file it is also written there, one JSON
 * line each; `scripts/statistics-validation.mjs` makes docs/statistics/validation.md of them.
 */
import { appendFileSync } from 'node:fs';

/** Where a number comes from and how close we must be. */
export type GoldenNumber = {
	/** The family it belongs to, such as "scores". */
	readonly family: string;
	/** What the number is, unique within its family: "adjusted Wald low, 362/176/462". */
	readonly what: string;
	/** Paper and table, or "R 4.x: code". */
	readonly origin: string;
	readonly expected: number;
	/** Allowed distance: absolute, or a share of the expected number when `relative`. */
	readonly tolerance: number;
	readonly relative?: boolean;
};

/**
 * Asserts that our number agrees with the golden one, and records both for the validation table.
 *
 * @param actual Our number; anything that is not a finite number (a refusal, undefined) fails.
 */
export function golden(number: GoldenNumber, actual: unknown): void {
	const { family, what, origin, expected, tolerance, relative = false } = number;
	if (!(tolerance >= 0)) throw new RangeError(`tolerance must be at least 0, got ${tolerance}`);
	const allowed = relative ? tolerance * Math.abs(expected) : tolerance;
	const isNumber = typeof actual === 'number' && Number.isFinite(actual);
	const agrees = isNumber && Math.abs(actual - expected) <= allowed;
	const file = process.env.TOUCHSTONE_WRITE_VALIDATION;
	if (file) {
		const ours = isNumber ? actual : null;
		const line = { family, what, origin, expected, ours, tolerance, relative, agrees };
		appendFileSync(file, `${JSON.stringify(line)}\n`);
	}
	if (agrees) return;
	const shown = isNumber ? actual : JSON.stringify(actual);
	throw new Error(`${family}: ${what}: expected ${expected} within ${allowed} (${origin}), got ${shown}`);
}
