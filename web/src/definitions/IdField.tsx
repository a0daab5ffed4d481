import { TextInput } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';

/** The id of something new; of what is saved it can only be read. */
export function IdField({
	id,
	isNew,
	unit = false,
	error,
	onChange,
}: {
	readonly id: string;
	readonly isNew: boolean;
	readonly unit?: boolean;
	readonly error: string | undefined;
	readonly onChange: (id: string) => void;
}) {
	const { say } = useTexts();
	return (
		<TextInput
			label={say(unit ? 'definitions.unit.code' : 'definitions.id')}
			inputWrapperOrder={['label', 'input', 'description', 'error']}
			{...(isNew ? { description: say(unit ? 'definitions.id.unitHint' : 'definitions.id.hint') } : {})}
			readOnly={!isNew}
			variant={isNew ? 'default' : 'filled'}
			styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
			maxLength={80}
			value={id}
			error={error && id === '' ? say('definitions.reason.needed') : error}
			onChange={event => onChange(event.currentTarget.value)}
		/>
	);
}
