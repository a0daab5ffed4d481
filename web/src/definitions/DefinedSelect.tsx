import { MultiSelect, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';

export type Choice = { readonly id: string; readonly name: string };

/** Chooses one of the things that are defined, by typing a few letters of its name. */
export function DefinedSelect({
	label,
	hint,
	among,
	value,
	error,
	required = false,
	onChange,
}: {
	readonly label: string;
	readonly hint?: string;
	readonly among: readonly Choice[];
	/** An id; empty where nothing is chosen. */
	readonly value: string;
	readonly error?: ReactNode;
	readonly required?: boolean;
	readonly onChange: (id: string) => void;
}) {
	const { say } = useTexts();
	return (
		<Select
			label={label}
			{...(hint ? { description: hint } : {})}
			placeholder={say('definitions.notChosen')}
			inputWrapperOrder={['label', 'input', 'description', 'error']}
			searchable
			openOnFocus={false}
			clearable={!required}
			required={required}
			withAsterisk={false}
			nothingFoundMessage={say('ui.noneMatch')}
			clearButtonProps={{ 'aria-label': `${say('ui.delete')}: ${label}` }}
			data={choices(among, [value])}
			value={value || null}
			// An id that is not there is not written wrongly: it is missing.
			error={error && value === '' ? say('definitions.reason.needed') : error}
			onChange={id => onChange(id ?? '')}
		/>
	);
}

/** Chooses any number of them. */
export function DefinedMultiSelect({
	label,
	hint,
	among,
	values,
	error,
	onChange,
}: {
	readonly label: string;
	readonly hint?: string;
	readonly among: readonly Choice[];
	readonly values: readonly string[];
	readonly error?: ReactNode;
	readonly onChange: (ids: readonly string[]) => void;
}) {
	const { say } = useTexts();
	return (
		<MultiSelect
			label={label}
			{...(hint ? { description: hint } : {})}
			{...(values.length === 0 ? { placeholder: say('definitions.notChosen') } : {})}
			inputWrapperOrder={['label', 'input', 'description', 'error']}
			searchable
			openOnFocus={false}
			nothingFoundMessage={say('ui.noneMatch')}
			data={choices(among, values)}
			value={[...values]}
			error={error}
			onChange={onChange}
		/>
	);
}

/** What is chosen stays to be seen by its id, even where it is defined no more. */
function choices(among: readonly Choice[], chosen: readonly string[]) {
	const known = new Set(among.map(({ id }) => id));
	return [
		...chosen.filter(id => id !== '' && !known.has(id)).map(id => ({ value: id, label: id })),
		...among.map(({ id, name }) => ({ value: id, label: name })).toSorted(byLabel),
	];
}

function byLabel(one: { readonly label: string }, other: { readonly label: string }): number {
	return one.label.localeCompare(other.label);
}
