import { Checkbox, MultiSelect, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UnitsGiven } from '@touchstone/domain/access/membership';
import { type Role, roles } from '@touchstone/domain/access/role';
import { unitsQuery } from '../app/definitions-query.ts';
import { useTexts } from '../texts/TextsProvider.tsx';

/** What somebody is and which units they see, while it is chosen. Units are their ids. */
export type PlaceDraft = { readonly role: Role; readonly units: 'all' | readonly string[] };

/** What somebody has, as one begins to change it. */
export function draftOf({ role, units }: { readonly role: Role; readonly units: UnitsGiven }): PlaceDraft {
	return { role, units: units === 'all' ? 'all' : units.map(String) };
}

/** Whether it can be given: somebody with no unit at all would see nothing. */
export function isComplete({ units }: PlaceDraft): boolean {
	return units === 'all' || units.length > 0;
}

/** As the server takes it. */
export function placeGiven({ role, units }: PlaceDraft) {
	return { role, units: units === 'all' ? ('all' as const) : [...units] };
}

/** The role and the units of somebody. */
export function PlaceFields({
	place,
	onPlace,
}: {
	readonly place: PlaceDraft;
	readonly onPlace: (place: PlaceDraft) => void;
}) {
	const { say } = useTexts();
	const units = useQuery(unitsQuery).data ?? [];
	const { role } = place;
	return (
		<Stack gap="sm">
			<NativeSelect
				label={say('settings.role')}
				description={say(`settings.roleMay.${role}`)}
				inputWrapperOrder={['label', 'input', 'description']}
				value={role}
				onChange={event => {
					const chosen = roles.find(known => known === event.currentTarget.value) ?? 'viewer';
					onPlace({ role: chosen, units: chosen === 'admin' ? 'all' : place.units });
				}}
				data={roles.map(value => ({ value, label: say(`access.role.${value}`) }))}
			/>
			{role === 'admin' || units.length === 0 ? null : (
				<Checkbox
					label={say('settings.allUnits')}
					checked={place.units === 'all'}
					onChange={event => onPlace({ role, units: event.currentTarget.checked ? 'all' : [] })}
				/>
			)}
			{place.units === 'all' ? null : (
				<MultiSelect
					label={say('settings.units')}
					description={say('settings.unitsHint')}
					data={units.map(({ id, name }) => ({ value: String(id), label: name }))}
					value={[...place.units]}
					onChange={chosen => onPlace({ role, units: chosen })}
					searchable
					clearable
					clearButtonProps={{ 'aria-label': say('ui.delete') }}
				/>
			)}
		</Stack>
	);
}
