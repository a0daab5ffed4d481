import { Autocomplete, TextInput } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DefinedSelect } from './DefinedSelect.tsx';
import type { FieldsProps } from './definition-form.ts';
import { FieldRow, FormSection } from './FormSection.tsx';
import { IdField } from './IdField.tsx';
import type { OwnerDraft, UnitDraft } from './owner-and-unit-draft.ts';
import { readableId } from './readable-id.ts';
import { useNames } from './use-names.ts';

/** An owner: who it is, which business function, and whom it reports to. */
export function OwnerFields({ draft, saved, change, reason }: FieldsProps<OwnerDraft>) {
	const { say } = useTexts();
	const { definitions } = useNames();
	const owners = definitions?.owners ?? [];
	return (
		<FormSection title={say('definitions.change.kind.owner')}>
			<FieldRow>
				<TextInput
					label={say('definitions.name')}
					maxLength={200}
					value={draft.name}
					error={reason('name')}
					onChange={event => {
						const name = event.currentTarget.value;
						const follows = !saved && draft.id === readableId(draft.name);
						change({ name, ...(follows ? { id: readableId(name) } : {}) });
					}}
				/>
				<IdField id={draft.id} isNew={!saved} error={reason('id')} onChange={id => change({ id })} />
			</FieldRow>
			<FieldRow>
				<Autocomplete
					openOnFocus={false}
					label={say('definitions.owner.businessFunction')}
					placeholder={say('definitions.owner.businessFunction.hint')}
					maxLength={100}
					data={[...new Set(owners.map(({ businessFunction }) => businessFunction))].sort()}
					value={draft.businessFunction}
					error={reason('businessFunction')}
					onChange={businessFunction => change({ businessFunction })}
				/>
				<TextInput
					label={say('definitions.owner.email')}
					type="email"
					value={draft.email}
					error={reason('email')}
					onChange={event => change({ email: event.currentTarget.value })}
				/>
			</FieldRow>
			<DefinedSelect
				label={say('definitions.owner.reportsTo')}
				hint={say('definitions.owner.reportsTo.hint')}
				among={owners.filter(({ id }) => id !== draft.id)}
				value={draft.reportsTo}
				error={reason('reportsTo')}
				onChange={reportsTo => change({ reportsTo })}
			/>
		</FormSection>
	);
}

/** A unit: its name, its code, and the unit it belongs to. */
export function UnitFields({ draft, saved, change, reason }: FieldsProps<UnitDraft>) {
	const { say } = useTexts();
	const { definitions } = useNames();
	return (
		<FormSection title={say('definitions.change.kind.unit')}>
			<FieldRow>
				<TextInput
					label={say('definitions.name')}
					maxLength={200}
					value={draft.name}
					error={reason('name')}
					onChange={event => change({ name: event.currentTarget.value })}
				/>
				<IdField unit id={draft.id} isNew={!saved} error={reason('id')} onChange={id => change({ id })} />
			</FieldRow>
			<DefinedSelect
				label={say('definitions.unit.parent')}
				hint={say('definitions.unit.parent.hint')}
				among={(definitions?.units ?? []).filter(({ id }) => id !== draft.id)}
				value={draft.parent}
				error={reason('parent')}
				onChange={parent => change({ parent })}
			/>
		</FormSection>
	);
}
