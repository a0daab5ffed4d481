import { Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChecklist, IconFileImport } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { listImports } from '@touchstone/domain/interactions/imports.contract';
import { cancelJob, listJobs } from '@touchstone/domain/jobs/jobs.contract';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { StateSign } from './StateSign.tsx';

/** Work that takes longer than a request, and the imports so far. */
export function JobsPart() {
	return (
		<Stack gap="md">
			<Jobs />
			<Imports />
		</Stack>
	);
}

function Jobs() {
	const { say, formats } = useTexts();
	const me = useMe();
	const queryClient = useQueryClient();
	const jobs = useQuery({
		queryKey: ['jobs'],
		queryFn: ({ signal }) => ask(listJobs, { query: { limit: 200 }, signal }),
		refetchInterval: query =>
			query.state.data?.items.some(({ state }) => state === 'waiting' || state === 'running') ? 1000 : 10_000,
	});
	const cancel = useMutation({
		mutationFn: (id: string) => ask(cancelJob, { params: { id } }),
		onSettled: () => queryClient.invalidateQueries({ queryKey: ['jobs'] }),
		onError: error => notifications.show({ color: 'red', message: error.message }),
	});
	const underWay =
		jobs.data?.items.filter(({ state }) => state === 'running' || state === 'waiting').length ?? 0;
	return (
		<Panel
			title={say(underWay === 0 ? 'data.jobs.none' : underWay === 1 ? 'data.jobs.one' : 'data.jobs.many', {
				count: formats.number(underWay),
			})}
			hint={say('data.jobs.hint')}
			flush
		>
			<Asked query={jobs} height={220}>
				{({ items }) => (
					<DataTable
						label={say('data.part.jobs')}
						fileName="jobs"
						rows={items}
						rowKey={({ id }) => id}
						empty={
							<EmptyState icon={IconChecklist} title={say('data.jobs.empty')} hint={say('data.jobs.hint')} />
						}
						columns={[
							{
								key: 'kind',
								head: say('data.jobs.kind'),
								cell: job => (
									<>
										{job.kind}
										{job.error === null ? null : (
											<Text size="xs" className="broken">
												{job.error}
											</Text>
										)}
									</>
								),
								value: job => job.kind,
							},
							{
								key: 'state',
								head: say('data.state'),
								cell: job => <StateSign state={job.state} />,
								value: job => say(`data.state.${job.state}`),
							},
							{
								key: 'done',
								head: say('data.jobs.done'),
								align: 'right',
								cell: job =>
									job.total === null
										? formats.number(job.done)
										: `${formats.number(job.done)} / ${formats.number(job.total)}`,
								value: job => job.done,
							},
							{
								key: 'progress',
								head: say('data.jobs.progress'),
								wide: true,
								width: 140,
								cell: job =>
									job.state === 'running' && job.total !== null && job.total > 0 ? (
										<Progress value={(100 * job.done) / job.total} size="sm" mt={7} aria-label={job.kind} />
									) : null,
							},
							{
								key: 'created',
								head: say('data.jobs.asked'),
								wide: true,
								cell: job => formats.time(job.createdAt),
								value: job => job.createdAt,
							},
							{
								key: 'took',
								head: say('data.jobs.took'),
								align: 'right',
								wide: true,
								cell: job => {
									const seconds = secondsOf(job);
									return seconds === null ? '' : formats.duration(seconds);
								},
								value: job => secondsOf(job),
							},
							{
								key: 'cancel',
								head: '',
								align: 'right',
								cell: job =>
									me.may.includes('cancelJob') && (job.state === 'running' || job.state === 'waiting') ? (
										<ConfirmButton
											label={say('ui.cancel')}
											of={job.kind}
											question={say('data.jobs.cancelSure')}
											confirm={say('data.jobs.cancel')}
											loading={cancel.isPending && cancel.variables === job.id}
											onConfirm={() => cancel.mutate(job.id)}
										/>
									) : null,
							},
						]}
					/>
				)}
			</Asked>
		</Panel>
	);
}

function secondsOf({
	startedAt,
	finishedAt,
}: {
	readonly startedAt: string | null;
	readonly finishedAt: string | null;
}) {
	return startedAt === null || finishedAt === null
		? null
		: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

/** The imports so far, from here or by the command line. @param hideEmpty whether to say nothing where there are none */
export function Imports({ hideEmpty }: { readonly hideEmpty?: boolean }) {
	const { say, formats } = useTexts();
	const imports = useQuery({
		queryKey: ['imports'],
		queryFn: ({ signal }) => ask(listImports, { query: { limit: 100 }, signal }),
		refetchInterval: query =>
			query.state.data?.items.some(({ state }) => state === 'running') ? 2000 : 15_000,
	});
	if (hideEmpty && (imports.data?.items.length ?? 0) === 0) return null;
	return (
		<Panel title={say('data.imports')} hint={say('data.imports.hint')} flush>
			<Asked query={imports} height={160}>
				{({ items }) => (
					<DataTable
						label={say('data.imports')}
						fileName="imports"
						rows={items}
						rowKey={({ id }) => id}
						empty={
							<EmptyState
								icon={IconFileImport}
								title={say('data.imports.empty')}
								hint={say('data.imports.emptyHint')}
							/>
						}
						columns={[
							{
								key: 'files',
								head: say('data.imports.files'),
								cell: ({ files }) => files.map(({ name }) => name).join(', '),
								value: ({ files }) => files.map(({ name }) => name).join(', '),
							},
							{
								key: 'state',
								head: say('data.state'),
								cell: ({ state }) => <StateSign state={state} />,
								value: ({ state }) => say(`data.state.${state}`),
							},
							{
								key: 'accepted',
								head: say('data.accepted'),
								align: 'right',
								cell: ({ accepted }) => formats.number(accepted),
								value: ({ accepted }) => accepted,
							},
							{
								key: 'refused',
								head: say('data.refused'),
								align: 'right',
								cell: ({ refused }) => formats.number(refused),
								value: ({ refused }) => refused,
							},
							{
								key: 'notUnderstood',
								head: say('data.notUnderstood'),
								align: 'right',
								wide: true,
								cell: ({ checkpoint }) => formats.number(checkpoint?.notUnderstood ?? 0),
								value: ({ checkpoint }) => checkpoint?.notUnderstood ?? 0,
							},
							{
								key: 'updated',
								head: say('data.imports.updated'),
								wide: true,
								cell: ({ updatedAt }) => formats.time(updatedAt),
								value: ({ updatedAt }) => updatedAt,
							},
						]}
					/>
				)}
			</Asked>
		</Panel>
	);
}
