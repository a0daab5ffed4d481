import { Stack, Text } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import type { Tally } from './import-tally.ts';
import { problemText } from './problem-text.ts';
import classes from './TallyFacts.module.css';

/** What rows came to: how many, of what, from when to when, and what could not be understood. */
export function TallyFacts({ tally }: { readonly tally: Tally }) {
	const { say, formats } = useTexts();
	const { rows, skipped, unreadable, notUnderstood, records, earliest, latest, problems } = tally;
	const facts = [
		[say('data.tally.rows'), formats.number(rows)],
		...Object.entries(records).map(([name, count]) => [
			name === 'feedback' ? say('data.record.feedback') : name,
			formats.number(count),
		]),
		...(skipped > 0 ? [[say('data.tally.skipped'), formats.number(skipped)]] : []),
		[say('data.notUnderstood'), formats.number(unreadable + notUnderstood)],
		...(earliest !== undefined && latest !== undefined
			? [[say('data.tally.period'), `${formats.day(earliest)} – ${formats.day(latest)}`]]
			: []),
	];
	return (
		<Stack gap="md">
			<dl className={classes.facts}>
				{facts.map(([name, value]) => (
					<div key={name} className={classes.fact}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
			{problems.length > 0 ? (
				<div className={classes.problems}>
					<Text size="sm" fw={600} px={12} pt={10}>
						{problems.length < unreadable + notUnderstood
							? say('data.tally.firstProblems', { count: formats.number(problems.length) })
							: say('data.tally.problems')}
					</Text>
					<DataTable
						label={say('data.tally.problems')}
						fileName="not-understood"
						rows={problems.map((placed, index) => ({ ...placed, index }))}
						rowKey={({ index }) => String(index)}
						columns={[
							{
								key: 'file',
								head: say('data.tally.file'),
								wide: true,
								cell: row => row.file,
								value: row => row.file,
							},
							{
								key: 'line',
								head: say('data.tally.line'),
								align: 'right',
								cell: row => formats.number(row.line),
								value: row => row.line,
							},
							{
								key: 'column',
								head: say('data.tally.column'),
								cell: row => (typeof row.problem === 'string' ? '' : row.problem.columns.join(', ')),
								value: row => (typeof row.problem === 'string' ? '' : row.problem.columns.join(', ')),
							},
							{
								key: 'problem',
								head: say('data.tally.problem'),
								cell: row => problemText(row.problem, false),
								value: row => problemText(row.problem, false),
							},
						]}
					/>
				</div>
			) : null}
		</Stack>
	);
}
