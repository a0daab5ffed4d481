import { TextInput } from '@mantine/core';

/** A day; what was given as a time with a zone stays one. */
export function DayField({
	label,
	hint,
	value,
	error,
	onChange,
}: {
	readonly label: string;
	readonly hint?: string;
	readonly value: string;
	readonly error: string | undefined;
	readonly onChange: (value: string) => void;
}) {
	return (
		<TextInput
			label={label}
			inputWrapperOrder={['label', 'input', 'description', 'error']}
			{...(hint ? { description: hint } : {})}
			type={value.length > 10 ? 'text' : 'date'}
			value={value}
			error={error}
			onChange={event => onChange(event.currentTarget.value)}
		/>
	);
}
