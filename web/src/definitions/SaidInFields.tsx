import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { channels } from '@touchstone/domain/moments/moment';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { SaidInDraft } from './promise-draft.ts';
import classes from './SaidInFields.module.css';

const kinds = ['campaign', 'creative', 'page', 'salesperson', 'contract', 'packaging', 'other'] as const;

/** The places where a promise is said. */
export function SaidInFields({
	saidIn,
	onChange,
	reason,
}: {
	readonly saidIn: readonly SaidInDraft[];
	readonly onChange: (saidIn: readonly SaidInDraft[]) => void;
	readonly reason: (place: string) => string | undefined;
}) {
	const { say } = useTexts();
	const change = (place: number, part: Partial<SaidInDraft>) =>
		onChange(saidIn.map((said, index) => (index === place ? { ...said, ...part } : said)));
	return (
		<fieldset className={classes.list}>
			<legend>{say('definitions.promise.saidIn')}</legend>
			{saidIn.map(({ kind, where, channel }, place) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: places have no other identity, and they are not moved about
				<div key={place} className={classes.place}>
					<NativeSelect
						aria-label={say('definitions.promise.saidIn.kind')}
						value={kind}
						onChange={event => change(place, { kind: event.currentTarget.value })}
						data={kinds.map(value => ({ value, label: say(`definitions.promise.saidIn.${value}`) }))}
					/>
					<TextInput
						aria-label={say('definitions.promise.saidIn.where')}
						placeholder={say('definitions.promise.saidIn.whereHint')}
						maxLength={500}
						value={where}
						error={reason(`saidIn[${place}]`)}
						onChange={event => change(place, { where: event.currentTarget.value })}
					/>
					<NativeSelect
						aria-label={say('definitions.promise.saidIn.channel')}
						value={channel}
						onChange={event => change(place, { channel: event.currentTarget.value })}
						data={[
							{ value: '', label: say('app.channel.all') },
							...channels.map(value => ({ value, label: say(`moments.channel.${value}`) })),
						]}
					/>
					<ActionIcon
						variant="subtle"
						color="gray"
						size={36}
						aria-label={say('definitions.promise.saidIn.remove', { where })}
						onClick={() => onChange(saidIn.filter((_, index) => index !== place))}
					>
						<IconTrash size={16} stroke={1.6} />
					</ActionIcon>
				</div>
			))}
			<Button
				size="compact-sm"
				variant="subtle"
				className={classes.add}
				leftSection={<IconPlus size={14} aria-hidden />}
				onClick={() => onChange([...saidIn, { kind: 'page', where: '', channel: '' }])}
			>
				{say('definitions.promise.saidIn.add')}
			</Button>
		</fieldset>
	);
}
