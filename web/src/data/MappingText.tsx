import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { download } from '../ui/download.ts';
import { Panel } from '../ui/Panel.tsx';
import { Snippet } from '../ui/Snippet.tsx';
import classes from './RefusedPart.module.css';

/** The mapping as the file it is: to keep for the next import, for the command line, or to write on by hand. */
export function MappingText({
	text,
	isWritten,
	onWritten,
}: {
	readonly text: string;
	readonly isWritten: boolean;
	readonly onWritten: (text: string | undefined) => void;
}) {
	const { say } = useTexts();
	const [shown, setShown] = useState(isWritten);
	return (
		<Panel
			title={say('data.mapping.file')}
			hint={say(isWritten ? 'data.mapping.writtenHint' : 'data.mapping.fileHint')}
		>
			<Stack gap="sm">
				{isWritten ? (
					<Textarea
						className={classes.editor}
						aria-label={say('data.mapping.file')}
						autosize
						minRows={10}
						maxRows={30}
						spellCheck={false}
						value={text}
						onChange={event => onWritten(event.currentTarget.value)}
					/>
				) : shown ? (
					<Snippet label={say('data.mapping.file')} text={text} />
				) : null}
				<Group gap="xs">
					{isWritten ? (
						<Button size="xs" variant="default" onClick={() => onWritten(undefined)}>
							{say('data.mapping.toForms')}
						</Button>
					) : (
						<>
							<Button size="xs" variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
								{say(shown ? 'data.mapping.hide' : 'data.mapping.show')}
							</Button>
							<Button size="xs" variant="default" onClick={() => onWritten(text)}>
								{say('data.mapping.write')}
							</Button>
						</>
					)}
					<Button
						size="xs"
						variant="default"
						leftSection={<IconDownload size={14} aria-hidden />}
						onClick={() => download('mapping.yaml', new Blob([text], { type: 'application/yaml' }))}
					>
						{say('data.mapping.download')}
					</Button>
				</Group>
			</Stack>
		</Panel>
	);
}
