import { Autocomplete, Group, NativeSelect } from '@mantine/core';
import { timeFormatProblem } from '@touchstone/domain/interactions/import-time';
import { useTexts } from '../texts/TextsProvider.tsx';
import { timeFormats } from './guessed-draft.ts';
import type { FileDraft } from './mapping-draft.ts';
import { encodings } from './sample.store.ts';

const delimiters = [',', ';', '\t', '|'] as const;
const numberStyles = [
	{ value: '.', example: '1234.56', decimal: '.', thousands: '' },
	{ value: ',', example: '1234,56', decimal: ',', thousands: '' },
	{ value: ',.', example: '1.234,56', decimal: ',', thousands: '.' },
	{ value: '.,', example: '1,234.56', decimal: '.', thousands: ',' },
	{ value: ', ', example: '1 234,56', decimal: ',', thousands: ' ' },
	{ value: ".'", example: "1'234.56", decimal: '.', thousands: "'" },
] as const;
const zones = Intl.supportedValuesOf('timeZone');

/** How a file is written: its signs, its times, its numbers. Told from its first rows, to be corrected where that was wrong. */
export function ReadingForm({
	draft,
	onDraft,
	onReadAnew,
}: {
	readonly draft: FileDraft;
	readonly onDraft: (draft: FileDraft) => void;
	readonly onReadAnew: (given: { readonly delimiter?: string; readonly encoding?: string }) => void;
}) {
	const { say } = useTexts();
	const problem = timeFormatProblem(draft.timeFormat);
	return (
		<Group gap="sm" align="flex-start" role="group" aria-label={say('data.reading')}>
			{draft.format === 'csv' ? (
				<NativeSelect
					size="xs"
					label={say('data.reading.delimiter')}
					value={draft.delimiter}
					onChange={event => onReadAnew({ delimiter: event.currentTarget.value })}
					data={delimiters.map(sign => ({
						value: sign,
						label: sign === '\t' ? say('data.reading.tab') : sign,
					}))}
				/>
			) : null}
			<NativeSelect
				size="xs"
				label={say('data.reading.encoding')}
				value={draft.encoding}
				onChange={event => onReadAnew({ encoding: event.currentTarget.value })}
				data={[...encodings]}
			/>
			<Autocomplete
				size="xs"
				w={180}
				label={say('data.reading.timeFormat')}
				value={draft.timeFormat}
				onChange={timeFormat => onDraft({ ...draft, timeFormat })}
				data={[...timeFormats]}
				error={problem}
				spellCheck={false}
			/>
			<Autocomplete
				size="xs"
				w={180}
				label={say('data.reading.zone')}
				placeholder={say('data.reading.zoneInFile')}
				value={draft.zone}
				onChange={zone => onDraft({ ...draft, zone })}
				data={zones}
				limit={50}
				error={
					draft.zone !== '' && !zones.includes(draft.zone) && draft.zone !== 'UTC'
						? say('data.reading.zoneUnknown')
						: undefined
				}
				spellCheck={false}
			/>
			<NativeSelect
				size="xs"
				label={say('data.reading.numbers')}
				value={`${draft.decimal}${draft.thousands}`}
				onChange={event => {
					const style = numberStyles.find(({ value }) => value === event.currentTarget.value);
					if (style) onDraft({ ...draft, decimal: style.decimal, thousands: style.thousands });
				}}
				data={numberStyles.map(({ value, example }) => ({ value, label: example }))}
			/>
		</Group>
	);
}
