/**
 * How long to wait before the next attempt, in milliseconds: a second, doubling up to five minutes, of which up to a half is
 * left to chance, so that the browsers of an installation that was down do not all come back at once.
 *
 * @param failures how many attempts in a row failed, from 1
 * @param chance 0 ≤ chance < 1
 */
export function retryDelay(failures: number, chance: number): number {
	return Math.min(1_000 * 2 ** (failures - 1), 300_000) * (1 - chance / 2);
}

/** A Retry-After header in milliseconds from now; 0 when there is none or it says nothing. At most an hour is believed. */
export function retryAfter(header: string | null, now: number): number {
	if (!header) return 0;
	const seconds = Number(header);
	const milliseconds = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000;
	return milliseconds > 0 ? Math.min(milliseconds, 3_600_000) : 0;
}
