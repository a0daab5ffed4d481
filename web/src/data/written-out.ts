/** What a cell of a file or a field of a record holds, as one looks at it. */
export function writtenOut(held: unknown): string {
	if (held === undefined || held === null) return '';
	if (typeof held === 'string') return held;
	return JSON.stringify(held);
}
