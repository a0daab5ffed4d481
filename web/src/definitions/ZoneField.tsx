import { Autocomplete } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';

/** A time zone by its IANA name; the browser knows them all. */
export function ZoneField({
	zone,
	error,
	hint,
	onChange,
}: {
	readonly zone: string;
	readonly error: string | undefined;
	readonly hint?: string;
	readonly onChange: (zone: string) => void;
}) {
	const { say } = useTexts();
	return (
		<Autocomplete
			openOnFocus={false}
			label={say('definitions.rule.zone')}
			inputWrapperOrder={['label', 'input', 'description', 'error']}
			{...(hint ? { description: hint } : {})}
			data={zones}
			limit={50}
			value={zone}
			error={error}
			onChange={onChange}
		/>
	);
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')];
