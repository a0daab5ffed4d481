import { Button, Group } from '@mantine/core';
import { IconDownload, IconPencil } from '@tabler/icons-react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { download } from '../ui/download.ts';
import { Panel } from '../ui/Panel.tsx';
import { Snippet } from '../ui/Snippet.tsx';
import classes from './FilePart.module.css';

/** The file as it stands, to read, copy and download. */
export function FileText({
	yaml,
	revision,
	onEdit,
}: {
	readonly yaml: string;
	readonly revision: number;
	readonly onEdit: (() => void) | undefined;
}) {
	const { say, formats } = useTexts();
	return (
		<Panel
			title={say('definitions.file.current')}
			hint={`${say('definitions.file.revision', { revision: formats.number(revision) })} · ${say('definitions.file.currentHint')}`}
			actions={
				<Group gap="xs">
					{onEdit ? (
						<Button
							size="xs"
							variant="default"
							leftSection={<IconPencil size={15} aria-hidden />}
							onClick={onEdit}
						>
							{say('definitions.file.edit')}
						</Button>
					) : null}
					<Button
						size="xs"
						variant="default"
						leftSection={<IconDownload size={15} aria-hidden />}
						onClick={() => download('touchstone.yaml', new Blob([yaml], { type: 'application/yaml' }))}
					>
						{say('definitions.file.download')}
					</Button>
				</Group>
			}
		>
			<div className={classes.text}>
				<Snippet label="touchstone.yaml" text={yaml} />
			</div>
		</Panel>
	);
}
