import { Button, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { PromiseSummary } from '@touchstone/domain/metrics/promise-figures.contract';
import { useQuestion } from '../app/use-question.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { promisesQuery } from './promise-queries.ts';
import { promisesFinding } from './promises-finding.ts';
import { promisesSearchSchema } from './promises-search.ts';
import { usePromiseColumns } from './use-promise-columns.tsx';

const standings = ['no', 'open', 'yes', 'too-few'] as const;

/** Every promise with how often it is kept, of the period and places the bar above asks for. */
export function PromisesPage() {
	const { say, formats } = useTexts();
	const query = useQuery(promisesQuery(useQuestion()));
	const items = query.data?.items;
	return (
		<Stack gap="lg">
			<Title order={1}>{say('app.promises')}</Title>
			<Panel title={items ? promisesFinding(items, say, formats) : say('promises.all')} flush>
				<Asked query={query} height={480}>
					{answer => <PromisesTable items={answer.items} />}
				</Asked>
			</Panel>
		</Stack>
	);
}

function PromisesTable({ items }: { readonly items: readonly PromiseSummary[] }) {
	const { say } = useTexts();
	const { standing } = promisesSearchSchema.parse(useSearch({ from: '/inside/framed/promises' }));
	const navigate = useNavigate({ from: '/promises' });
	const columns = usePromiseColumns();
	const stand = (wished: string | undefined) =>
		void navigate({
			search: (others: object) => ({ ...others, ...promisesSearchSchema.parse({ standing: wished }) }),
			replace: true,
		});
	return (
		<DataTable
			label={say('app.promises')}
			columns={columns}
			rows={standing ? items.filter(({ meetsTarget }) => meetsTarget === standing) : items}
			total={items.length}
			rowKey={({ id }) => id}
			fileName="promises"
			filter={items.length > 1}
			toolbar={
				<NativeSelect
					size="xs"
					aria-label={say('promises.standing')}
					value={standing ?? ''}
					onChange={event => stand(event.currentTarget.value)}
					data={[
						{ value: '', label: say('promises.standing.all') },
						...standings.map(value => ({ value, label: say(`ui.target.${value}`) })),
					]}
				/>
			}
			empty={
				items.length === 0 ? (
					<EmptyState icon={IconListDetails} title={say('promises.none')} hint={say('promises.noneHint')}>
						<Button component={Link} to="/definitions" size="xs" mt="xs">
							{say('promises.write')}
						</Button>
					</EmptyState>
				) : (
					<NoneStandsSo onAll={() => stand(undefined)} />
				)
			}
		/>
	);
}

/** No promise stands as the filter wishes: said where the list would be, with the way back. */
function NoneStandsSo({ onAll }: { readonly onAll: () => void }) {
	const { say } = useTexts();
	return (
		<Stack align="center" gap={6} p="xl">
			<Text size="sm" className="quiet">
				{say('ui.noneMatch')}
			</Text>
			<Button size="xs" variant="default" onClick={onAll}>
				{say('promises.standing.all')}
			</Button>
		</Stack>
	);
}
