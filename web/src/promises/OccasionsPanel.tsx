import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { IconTargetOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { verdictNames } from '@touchstone/domain/verdicts/verdict';
import type { Occasion } from '@touchstone/domain/verdicts/verdicts.contract';
import { memo, useMemo, useState } from 'react';
import type { useQuestion } from '../app/use-question.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { EvidenceDrawer } from './EvidenceDrawer.tsx';
import { occasionsAsked, occasionsQuery } from './promise-queries.ts';
import { promiseSearchSchema } from './promises-search.ts';
import { useExport } from './use-export.ts';
import { useOccasionColumns } from './use-occasion-columns.tsx';

type Asking = {
	readonly promise: string;
	readonly figures: PromiseFigures;
	readonly question: ReturnType<typeof useQuestion>;
};

/** The occasions themselves, newest first, each with its evidence. */
export function OccasionsPanel(asking: Asking) {
	const { say } = useTexts();
	const [opened, setOpened] = useState<Occasion>();
	return (
		<Panel title={say('promises.list')} hint={say('promises.list.hint')} flush>
			<OccasionsList {...asking} onOpen={setOpened} />
			{opened ? (
				<EvidenceDrawer
					occasion={opened}
					unit={asking.figures.margins.unit}
					onClose={() => setOpened(undefined)}
				/>
			) : null}
		</Panel>
	);
}

/** Stays as it is while the evidence of one of its occasions is opened: drawing the whole list again would hold that up. */
const OccasionsList = memo(function OccasionsList({
	promise,
	figures,
	question,
	onOpen,
}: Asking & { readonly onOpen: (occasion: Occasion) => void }) {
	const { say, formats } = useTexts();
	const { verdict } = promiseSearchSchema.parse(useSearch({ from: '/inside/framed/promises/$promise' }));
	const navigate = useNavigate();
	const asked = useMemo(() => occasionsAsked(promise, question, verdict), [promise, question, verdict]);
	const query = useInfiniteQuery(occasionsQuery(asked));
	const columns = useOccasionColumns(figures, onOpen);
	const total = verdict ? figures.verdicts[verdict] : figures.occasions;
	const exporting = useExport(asked, columns, total, `occasions-${promise}`);
	const filter = (
		<NativeSelect
			size="xs"
			aria-label={say('promises.list.verdict')}
			value={verdict ?? ''}
			onChange={event => {
				const chosen = promiseSearchSchema.parse({ verdict: event.currentTarget.value });
				void navigate({
					to: '.',
					search: (others: object) => ({ ...others, ...chosen }),
					replace: true,
					resetScroll: false,
				});
			}}
			data={[
				{ value: '', label: say('promises.list.verdict.all') },
				...verdictNames.map(value => ({ value, label: say(`ui.verdict.${value}`) })),
			]}
		/>
	);
	return (
		<Asked query={query} height={400}>
			{({ pages }) => {
				const rows = pages.flatMap(({ items }) => items);
				return (
					<DataTable
						label={say('promises.list')}
						columns={columns}
						rows={rows}
						rowKey={({ customer, occasion }) => `${customer} ${occasion}`}
						fileName={`occasions-${promise}`}
						filter={rows.length > 0}
						{...(total === undefined ? {} : { total: Math.max(total, rows.length) })}
						onExport={exporting.start}
						more={
							query.hasNextPage
								? { ask: () => void query.fetchNextPage(), asking: query.isFetchingNextPage }
								: undefined
						}
						toolbar={
							<>
								{filter}
								{exporting.read === undefined ? null : (
									<Group gap={8} role="status">
										<Text size="xs" className="tabular quiet">
											{say('promises.export.under', {
												done: formats.number(exporting.read),
												all: total === undefined ? '…' : formats.number(total),
											})}
										</Text>
										<Button size="compact-xs" variant="default" onClick={exporting.stop}>
											{say('promises.export.stop')}
										</Button>
									</Group>
								)}
							</>
						}
						empty={
							<>
								<Group px={16} pb={8}>
									{filter}
								</Group>
								<EmptyState
									icon={IconTargetOff}
									title={say('promises.list.none')}
									hint={say('promises.list.noneHint')}
								/>
							</>
						}
					/>
				);
			}}
		</Asked>
	);
});
