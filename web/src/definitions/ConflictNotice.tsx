import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ChangedFields } from './ChangedFields.tsx';
import type { DefinitionForm } from './definition-form.ts';
import type { Stored } from './definition-kind.client.ts';
import { fieldName } from './field-words.ts';
import { contestedFields } from './merged-over.ts';

/** Somebody else saved while this was edited: what they changed, and what to do with both. */
export function ConflictNotice<Definition extends { readonly id: string }, Draft extends object>({
	form,
	base,
	draft,
	theirs,
	onMerge,
	onTake,
}: {
	readonly form: DefinitionForm<Definition, Draft>;
	readonly base: Stored<Definition>;
	readonly draft: Draft;
	readonly theirs: Stored<Definition>;
	readonly onMerge: (theirs: Stored<Definition>) => void;
	readonly onTake: (theirs: Stored<Definition>) => void;
}) {
	const { say, formats } = useTexts();
	const contested = contestedFields(form.draftOf(base.definition), draft, form.draftOf(theirs.definition));
	return (
		<Alert
			color="yellow"
			role="alert"
			title={say('definitions.conflict.title', { author: theirs.author, version: theirs.version })}
		>
			<Stack gap="sm">
				<Text size="sm">{say('definitions.conflict.text', { time: formats.time(theirs.at) })}</Text>
				<ChangedFields before={base.definition} after={theirs.definition} />
				<Text size="sm">
					{contested.length === 0
						? say('definitions.conflict.separate')
						: say('definitions.conflict.contested', {
								fields: contested.map(field => fieldName(field, say)).join(', '),
							})}
				</Text>
				<Group gap="xs">
					<Button size="xs" onClick={() => onMerge(theirs)}>
						{say('definitions.conflict.merge')}
					</Button>
					<Button size="xs" variant="default" onClick={() => onTake(theirs)}>
						{say('definitions.conflict.theirs')}
					</Button>
				</Group>
			</Stack>
		</Alert>
	);
}
