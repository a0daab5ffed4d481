import { TextInput } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { FieldsProps } from './definition-form.ts';
import type { CompanyOne } from './definition-kind.client.ts';
import { FieldRow, FormSection } from './FormSection.tsx';
import { ZoneField } from './ZoneField.tsx';

/** The company: its name, and the money and the days that all figures are counted in. */
export function CompanyFields({ draft, change, reason }: FieldsProps<CompanyOne>) {
	const { say } = useTexts();
	return (
		<FormSection title={say('definitions.company')}>
			<TextInput
				label={say('definitions.name')}
				maxLength={200}
				value={draft.name}
				error={reason('name')}
				onChange={event => change({ name: event.currentTarget.value })}
			/>
			<FieldRow>
				<TextInput
					label={say('definitions.company.currency')}
					inputWrapperOrder={['label', 'input', 'description', 'error']}
					description={say('definitions.company.currency.hint')}
					maxLength={3}
					value={draft.currency}
					error={reason('currency')}
					onChange={event => change({ currency: event.currentTarget.value })}
				/>
				<ZoneField
					hint={say('definitions.company.timeZone.hint')}
					zone={draft.timeZone}
					error={reason('timeZone')}
					onChange={timeZone => change({ timeZone })}
				/>
			</FieldRow>
		</FormSection>
	);
}
