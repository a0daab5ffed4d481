export type CsvCell = string | number | null;

/** Rows as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets a quote in front, so that it stays a text. */
export function csvOf(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
	return csvLines([head, ...rows]);
}

/** More rows of the same, without a head: what follows when a list is read piece by piece. */
export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
	return rows.map(row => `${row.map(written).join(',')}\r\n`).join('');
}

function written(cell: CsvCell): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return String(cell);
	const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
