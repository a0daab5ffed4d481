import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { channelSchema, stageSchema } from '@touchstone/domain/moments/moment';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ClaimsFields } from './ClaimsFields.tsx';
import { DefinedSelect } from './DefinedSelect.tsx';
import type { FieldsProps } from './definition-form.ts';
import { FieldRow, FormSection } from './FormSection.tsx';
import { IdField } from './IdField.tsx';
import type { MomentDraft } from './moment-draft.ts';
import { readableId } from './readable-id.ts';
import { useNames } from './use-names.ts';

const handlers = ['person', 'system', 'process'] as const;

/** A moment: what it is called, where it stands, who answers for it, and which events it claims. */
export function MomentFields({ draft, saved, change, reason }: FieldsProps<MomentDraft>) {
	const { say } = useTexts();
	const { definitions } = useNames();
	return (
		<>
			<FormSection title={say('definitions.change.kind.moment')}>
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
				<Textarea
					label={say('definitions.description')}
					autosize
					minRows={1}
					maxLength={2000}
					value={draft.description}
					error={reason('description')}
					onChange={event => change({ description: event.currentTarget.value })}
				/>
				<FieldRow>
					<NativeSelect
						label={say('definitions.moment.stage')}
						value={draft.stage}
						onChange={event => change({ stage: stageSchema.parse(event.currentTarget.value) })}
						data={stageSchema.options.map(value => ({ value, label: say(`moments.stage.${value}`) }))}
					/>
					<NativeSelect
						label={say('definitions.moment.channel')}
						value={draft.channel}
						onChange={event => change({ channel: channelSchema.parse(event.currentTarget.value) })}
						data={channelSchema.options.map(value => ({ value, label: say(`moments.channel.${value}`) }))}
					/>
					<NativeSelect
						label={say('definitions.moment.handledBy')}
						value={draft.handledBy}
						onChange={event => {
							const handledBy = handlers.find(one => one === event.currentTarget.value);
							if (handledBy) change({ handledBy });
						}}
						data={handlers.map(value => ({ value, label: say(`definitions.moment.handledBy.${value}`) }))}
					/>
				</FieldRow>
				<FieldRow>
					<DefinedSelect
						label={say('definitions.moment.owner')}
						hint={say('definitions.moment.owner.hint')}
						among={definitions?.owners ?? []}
						value={draft.owner}
						error={reason('owner')}
						onChange={owner => change({ owner })}
					/>
					<Switch
						mt={{ base: 0, sm: 26 }}
						label={say('definitions.moment.physical')}
						description={say('definitions.moment.physical.hint')}
						checked={draft.physical}
						onChange={event => change({ physical: event.currentTarget.checked })}
					/>
				</FieldRow>
			</FormSection>
			<FormSection title={say('definitions.moment.claims')} hint={say('definitions.moment.claims.hint')}>
				<ClaimsFields
					claims={draft.claims}
					moments={definitions?.moments ?? []}
					onChange={claims => change({ claims })}
					reason={reason}
				/>
			</FormSection>
		</>
	);
}
