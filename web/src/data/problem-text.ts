import type { RowProblem } from '@touchstone/domain/interactions/import-record';

/** @param withColumns whether the columns are named, as in `time (placed): "yesterday" is not a time …` */
export function problemText(problem: RowProblem | string, withColumns = true): string {
	if (typeof problem === 'string') return problem;
	const { field, columns, value, reason } = problem;
	const from = withColumns && columns.length > 0 ? ` (${columns.join(', ')})` : '';
	return `${field}${from}: ${value === undefined ? '' : `"${value}" `}${reason}`;
}
