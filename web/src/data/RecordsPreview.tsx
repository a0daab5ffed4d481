import { Stack, Text, Title } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PlainTable } from '../ui/Panel.tsx';
import type { FilePreview } from './mapping-preview.ts';
import { problemText } from './problem-text.ts';

const shownProblems = 5;

/** What the first rows of a file become, as it would be sent. */
export function RecordsPreview({ preview }: { readonly preview: FilePreview | undefined }) {
	const { say, formats } = useTexts();
	if (preview === undefined) return null;
	const { head, rows, problems } = preview;
	return (
		<Stack gap="xs">
			<Title order={3}>{say('data.preview')}</Title>
			{rows.length > 0 ? (
				<PlainTable label={say('data.preview')} table={{ head, rows }} />
			) : (
				<Text size="sm" className="quiet">
					{say('data.preview.none')}
				</Text>
			)}
			{problems.length > 0 ? (
				<Notice
					kind="caution"
					title={say('data.preview.problems', { count: formats.number(problems.length) })}
				>
					{problems.slice(0, shownProblems).map(({ row, problem }) => (
						<Text key={`${row} ${problem.record} ${problem.field}`} size="sm">
							{say('data.preview.row', { row: formats.number(row), problem: problemText(problem) })}
						</Text>
					))}
				</Notice>
			) : null}
		</Stack>
	);
}
