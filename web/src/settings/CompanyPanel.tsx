import { Autocomplete, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { companySchema } from '@touchstone/domain/definitions/definitions';
import { readCompany, writeCompany } from '@touchstone/domain/definitions/definitions.contract';
import { useState } from 'react';
import type { z } from 'zod';
import { ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { useChange } from './use-change.ts';

type StandingCompany = z.output<typeof readCompany.answer>;
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')];
const currencies = Intl.supportedValuesOf('currency');

/** The company: its name, the zone its days begin and end by, and the currency its money is counted in. */
export function CompanyPanel() {
	const { say } = useTexts();
	const company = useQuery({ queryKey: ['company'], queryFn: ({ signal }) => ask(readCompany, { signal }) });
	return (
		<Panel title={say('settings.company')} hint={say('settings.companyHint')}>
			<Asked query={company} height={140}>
				{standing => <CompanyForm key={standing.version} standing={standing} />}
			</Asked>
		</Panel>
	);
}

function CompanyForm({ standing }: { readonly standing: StandingCompany }) {
	const { say, formats } = useTexts();
	const me = useMe();
	const [draft, setDraft] = useState(standing.definition);
	const write = useChange(
		() =>
			ask(writeCompany, {
				body: draft,
				// Somebody else may have changed it meanwhile.
				...(standing.version > 0 ? { headers: { 'if-match': `"${standing.version}"` } } : {}),
			}),
		[['company'], ['definitions'], ['me']],
		() => notifications.show({ message: say('settings.saved') }),
	);
	const may = me.may.includes('writeCompany');
	const read = companySchema.safeParse(draft);
	const wrong = (field: string) =>
		read.error?.issues.some(({ path }) => path[0] === field) ? say('settings.companyWrong') : undefined;
	return (
		<form
			onSubmit={event => {
				event.preventDefault();
				write.mutate(undefined);
			}}
		>
			<Stack gap="sm" maw={560}>
				<TextInput
					label={say('access.name')}
					maxLength={200}
					disabled={!may}
					value={draft.name}
					error={wrong('name')}
					onChange={event => setDraft({ ...draft, name: event.currentTarget.value })}
				/>
				<Group gap="sm" align="flex-start">
					<Autocomplete
						label={say('settings.timeZone')}
						data={zones}
						limit={50}
						disabled={!may}
						value={draft.timeZone}
						error={wrong('timeZone')}
						onChange={timeZone => setDraft({ ...draft, timeZone })}
					/>
					<Autocomplete
						label={say('settings.currency')}
						data={currencies}
						limit={50}
						w={120}
						disabled={!may}
						value={draft.currency}
						error={wrong('currency')}
						onChange={currency => setDraft({ ...draft, currency: currency.toUpperCase() })}
					/>
				</Group>
				<Group gap="sm">
					{may ? (
						<Button
							type="submit"
							loading={write.isPending}
							disabled={!read.success || JSON.stringify(draft) === JSON.stringify(standing.definition)}
						>
							{say('ui.save')}
						</Button>
					) : null}
					{standing.at === null || standing.author === null ? null : (
						<Text size="xs" className="quiet">
							{say('settings.lastChanged', { author: standing.author, time: formats.time(standing.at) })}
						</Text>
					)}
				</Group>
			</Stack>
		</form>
	);
}
