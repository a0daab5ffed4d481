import { Autocomplete, NativeSelect } from '@mantine/core';
import type { Row } from '@touchstone/domain/interactions/import-columns';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { FieldName, ValueDraft } from './mapping-draft.ts';
import classes from './RecordForm.module.css';
import { writtenOut } from './written-out.ts';

/** One field: which column it comes from, or the text it always has, with what the first rows hold there. */
export function FieldRow({
	field,
	value,
	columns,
	rows,
	suggestions,
	missing,
	onValue,
}: {
	readonly field: FieldName;
	readonly value: ValueDraft;
	readonly columns: readonly string[];
	readonly rows: readonly Row[];
	readonly suggestions: readonly string[];
	readonly missing: boolean;
	readonly onValue: (value: ValueDraft) => void;
}) {
	const { say } = useTexts();
	const name = say(`data.field.${field}`);
	const choose = (chosen: string) => {
		if (chosen === '') onValue({ kind: 'none' });
		else if (chosen === '=') onValue({ kind: 'text', text: value.kind === 'text' ? value.text : '' });
		else onValue({ kind: 'column', column: chosen.slice(1) });
	};
	return (
		<div className={classes.field}>
			<span className={missing ? classes.missing : undefined}>
				{name}
				{missing ? ` (${say('data.field.needed')})` : ''}
			</span>
			<NativeSelect
				size="xs"
				aria-label={say('data.field.from', { field: name })}
				value={value.kind === 'none' ? '' : value.kind === 'text' ? '=' : `:${value.column}`}
				onChange={event => choose(event.currentTarget.value)}
				data={[
					{ value: '', label: say('data.field.none') },
					{ value: '=', label: say('data.field.text') },
					{
						group: say('data.field.columns'),
						items: columns.map(column => ({ value: `:${column}`, label: column })),
					},
				]}
			/>
			{value.kind === 'text' ? (
				<Autocomplete
					size="xs"
					aria-label={say('data.field.textOf', { field: name })}
					placeholder={say('data.field.textExample')}
					value={value.text}
					onChange={text => onValue({ kind: 'text', text })}
					data={[...suggestions]}
					limit={30}
					spellCheck={false}
				/>
			) : (
				<span className={classes.example}>{value.kind === 'column' ? examples(rows, value.column) : ''}</span>
			)}
		</div>
	);
}

function examples(rows: readonly Row[], column: string): string {
	const held = rows.map(row => writtenOut(row[column]).trim()).filter(text => text !== '');
	return [...new Set(held)].slice(0, 3).join(' · ');
}
