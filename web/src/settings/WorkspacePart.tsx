import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { chooseWorkspace } from '@touchstone/domain/access/me.contract';
import { createWorkspace, listWorkspaces } from '@touchstone/domain/access/workspaces.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { CompanyPanel } from './CompanyPanel.tsx';
import { useChange } from './use-change.ts';
import classes from './WorkspacePart.module.css';
import { workspaceIdFor } from './workspace-id.ts';

/** The company, the workspaces one belongs to, and how long things are kept. */
export function WorkspacePart() {
	return (
		<Stack gap="md">
			<CompanyPanel />
			<Workspaces />
			<Retention />
		</Stack>
	);
}

function Workspaces() {
	const { say, formats } = useTexts();
	const me = useMe();
	const workspaces = useQuery({
		queryKey: ['workspaces'],
		queryFn: ({ signal }) => ask(listWorkspaces, { signal }),
	});
	const choose = useChange(
		(workspace: string) => ask(chooseWorkspace, { body: { workspace } }),
		[],
		// Another workspace is another product: nothing that was read stays.
		() => window.location.assign('/'),
	);
	return (
		<Panel title={say('settings.workspaces')} hint={say('settings.workspacesHint')} flush>
			{me.may.includes('createWorkspace') && me.kind === 'person' ? <NewWorkspace /> : null}
			<Asked query={workspaces} height={100}>
				{({ items }) => (
					<DataTable
						label={say('settings.workspaces')}
						fileName="workspaces"
						rows={items}
						rowKey={({ id }) => id}
						columns={[
							{
								key: 'name',
								head: say('access.name'),
								cell: ({ id, name }) => (
									<>
										{name}
										<Text size="xs" className="quiet">
											{id}
										</Text>
									</>
								),
								value: ({ name }) => name,
							},
							{
								key: 'role',
								head: say('settings.yourRole'),
								cell: ({ role }) => (role === null ? '' : say(`access.role.${role}`)),
								value: ({ role }) => (role === null ? '' : say(`access.role.${role}`)),
							},
							{
								key: 'created',
								head: say('settings.since'),
								wide: true,
								cell: ({ createdAt }) => formats.day(createdAt),
								value: ({ createdAt }) => createdAt,
							},
							{
								key: 'choose',
								head: '',
								align: 'right',
								cell: ({ id, name }) =>
									id === me.workspace.id ? (
										<Text size="xs" className="kept">
											{say('settings.workspaceHere')}
										</Text>
									) : (
										<Button
											size="compact-xs"
											variant="default"
											aria-label={`${say('settings.workspaceChoose')}: ${name}`}
											loading={choose.isPending && choose.variables === id}
											onClick={() => choose.mutate(id)}
										>
											{say('settings.workspaceChoose')}
										</Button>
									),
							},
						]}
					/>
				)}
			</Asked>
		</Panel>
	);
}

function NewWorkspace() {
	const { say } = useTexts();
	const [name, setName] = useState('');
	const create = useChange(
		() => ask(createWorkspace, { body: { id: workspaceIdFor(name), name: name.trim() } }),
		[['workspaces'], ['me']],
		() => setName(''),
	);
	return (
		<form
			className={classes.create}
			onSubmit={event => {
				event.preventDefault();
				create.mutate(undefined);
			}}
		>
			<Group gap="sm" align="flex-end">
				<TextInput
					label={say('settings.workspaceNew')}
					maxLength={100}
					value={name}
					onChange={event => setName(event.currentTarget.value)}
				/>
				<Button
					type="submit"
					variant="default"
					loading={create.isPending}
					disabled={workspaceIdFor(name) === ''}
				>
					{say('settings.workspaceCreate')}
				</Button>
			</Group>
		</form>
	);
}

const kept = ['log', 'refused', 'audit', 'sessions'] as const;

function Retention() {
	const { say } = useTexts();
	return (
		<Panel title={say('settings.retention')} hint={say('settings.retentionHint')}>
			<dl className={classes.kept}>
				{kept.map(what => (
					<div key={what}>
						<dt>{say(`settings.kept.${what}`)}</dt>
						<dd>{say(`settings.keptFor.${what}`)}</dd>
					</div>
				))}
			</dl>
		</Panel>
	);
}
