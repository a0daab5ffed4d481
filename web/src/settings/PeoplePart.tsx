import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listPeople, removePerson } from '@touchstone/domain/access/people.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { ChangePerson, type Person } from './ChangePerson.tsx';
import { Invitations } from './Invitations.tsx';
import { useChange } from './use-change.ts';
import { useUnitsInWords } from './use-units-in-words.ts';

/** The people of the workspace: who they are, what they may, and who is invited. */
export function PeoplePart() {
	const { say, formats } = useTexts();
	const me = useMe();
	const inWords = useUnitsInWords();
	const [changing, setChanging] = useState<Person>();
	const people = useQuery({ queryKey: ['people'], queryFn: ({ signal }) => ask(listPeople, { signal }) });
	const remove = useChange((person: string) => ask(removePerson, { params: { person } }), [['people']]);
	return (
		<Stack gap="md">
			<Panel title={say('settings.people')} hint={say('settings.peopleHint')} flush>
				<Asked query={people} height={160}>
					{({ items }) => (
						<DataTable
							label={say('settings.people')}
							fileName="people"
							rows={items}
							rowKey={({ id }) => id}
							sortedBy={{ key: 'name', down: false }}
							columns={[
								{
									key: 'name',
									head: say('access.name'),
									cell: person => (
										<>
											{person.name}
											<Text size="xs" className="quiet">
												{person.email}
											</Text>
										</>
									),
									value: person => `${person.name} ${person.email}`,
								},
								{
									key: 'role',
									head: say('settings.role'),
									cell: person => (
										<>
											{say(`access.role.${person.role}`)}
											{person.keptBy === null ? null : (
												<Text size="xs" className="quiet">
													{say('settings.keptBy', { provider: person.keptBy })}
												</Text>
											)}
										</>
									),
									value: person => say(`access.role.${person.role}`),
								},
								{
									key: 'units',
									head: say('settings.units'),
									wide: true,
									cell: person => inWords(person.units),
									value: person => inWords(person.units),
								},
								{
									key: 'twoFactor',
									head: say('settings.twoFactor'),
									wide: true,
									cell: person => say(person.twoFactor ? 'settings.yes' : 'settings.no'),
									value: person => say(person.twoFactor ? 'settings.yes' : 'settings.no'),
								},
								{
									key: 'since',
									head: say('settings.memberSince'),
									wide: true,
									cell: person => formats.day(person.memberSince),
									value: person => person.memberSince,
								},
								{
									key: 'change',
									head: '',
									align: 'right',
									cell: person =>
										person.keptBy === null ? (
											<Button
												size="compact-xs"
												variant="default"
												aria-label={`${say('settings.change')}: ${person.name}`}
												onClick={() => setChanging(person)}
											>
												{say('settings.change')}
											</Button>
										) : null,
								},
								{
									key: 'remove',
									head: '',
									align: 'right',
									cell: person =>
										person.id === me.id ? (
											<Text size="xs" className="quiet">
												{say('settings.thatIsYou')}
											</Text>
										) : (
											<ConfirmButton
												label={say('settings.remove')}
												of={person.name}
												question={say('settings.removeSure', { name: person.name })}
												loading={remove.isPending && remove.variables === person.id}
												onConfirm={() => remove.mutate(person.id)}
											/>
										),
								},
							]}
						/>
					)}
				</Asked>
			</Panel>
			<Invitations />
			{changing ? <ChangePerson person={changing} onClose={() => setChanging(undefined)} /> : null}
		</Stack>
	);
}
