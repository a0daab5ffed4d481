import type { Figure } from '@touchstone/domain/metrics/figure';
import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { type FigureUnit, FigureValue } from '../ui/FigureValue.tsx';
import { Panel } from '../ui/Panel.tsx';
import { afterFinding } from './after-finding.ts';

type Row = {
	readonly name: string;
	readonly unit: FigureUnit;
	readonly differenceUnit: FigureUnit;
	readonly kept: Figure;
	readonly broken: Figure;
	readonly difference: Figure;
};

/** What customers said and did after the promise was kept, and after it was broken. */
export function AfterPanel({ figures: { id, after, currency } }: { readonly figures: PromiseFigures }) {
	const { say, formats } = useTexts();
	const rows: readonly Row[] = [
		...after.scores.map(({ scale, kept, broken, difference }) => ({
			name: say('promises.after.meanScore', { scale }),
			unit: { kind: 'score' } as const,
			differenceUnit: { kind: 'signed' } as const,
			kept,
			broken,
			difference,
		})),
		{
			name: say('promises.after.cameBack'),
			unit: { kind: 'share' },
			differenceUnit: { kind: 'points' },
			...after.returned,
		},
		{
			name: say('promises.after.revenue'),
			unit: { kind: 'money', currency },
			differenceUnit: { kind: 'money', currency },
			...after.revenue,
		},
	];
	const column = (key: 'kept' | 'broken' | 'difference'): Column<Row> => ({
		key,
		head: say(`promises.after.${key}`),
		align: 'right',
		value: row => (row[key].kind === 'too-few' ? null : row[key].value),
		cell: row => (
			<FigureValue
				figure={row[key]}
				unit={key === 'difference' ? row.differenceUnit : row.unit}
				size="stacked"
			/>
		),
	});
	const columns: readonly Column<Row>[] = [
		{ key: 'name', head: say('promises.after.measure'), cell: row => row.name },
		column('kept'),
		column('broken'),
		column('difference'),
	];
	return (
		<Panel
			title={afterFinding(after, say, formats)}
			hint={say('promises.after.hint', { days: formats.number(after.followUpDays) })}
			figure={after.scores[0]?.difference ?? after.returned.difference}
			table={{
				head: columns.map(({ head }) => head),
				rows: rows.map(row => [row.name, ...columns.slice(1).map(({ value }) => value?.(row) ?? null)]),
			}}
			fileName={`after-${id}`}
			flush
		>
			<DataTable
				label={say('promises.after')}
				columns={columns.map(({ value, ...shown }) => shown)}
				rows={rows}
				rowKey={({ name }) => name}
				fileName={`after-${id}`}
				tools={false}
			/>
		</Panel>
	);
}
