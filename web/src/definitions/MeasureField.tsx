import { Autocomplete } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';

const measures = ['durationSeconds', 'waitSeconds', 'revenue', 'cost', 'reach'] as const;

/** Where a rule finds an amount: one of the measures every interaction may have, or a property of one's own. */
export function MeasureField({
	label,
	value,
	error,
	onChange,
}: {
	readonly label: string;
	readonly value: string;
	readonly error: string | undefined;
	readonly onChange: (measure: string) => void;
}) {
	const { say } = useTexts();
	return (
		<Autocomplete
			openOnFocus={false}
			label={label}
			description={say('definitions.rule.measure.hint')}
			inputWrapperOrder={['label', 'input', 'description', 'error']}
			data={[...measures]}
			renderOption={({ option }) => <Option measure={option.value} />}
			// What is there already must not hide the others from whoever opens the list.
			filter={({ options }) => options}
			value={value}
			error={error}
			onChange={onChange}
		/>
	);
}

function Option({ measure }: { readonly measure: string }) {
	const { say } = useTexts();
	const known = measures.find(name => name === measure);
	return (
		<span>
			{measure} {known ? <span className="quiet">· {say(`definitions.rule.measure.${known}`)}</span> : null}
		</span>
	);
}
