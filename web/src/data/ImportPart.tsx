import { Stack } from '@mantine/core';
import { ImportProgress } from './ImportProgress.tsx';
import { ImportWizard } from './ImportWizard.tsx';
import { Imports } from './JobsPart.tsx';
import { useImportRun } from './running-import.client.ts';

/** Files into the log: from dropping them to the last row. */
export function ImportPart() {
	const run = useImportRun();
	return (
		<Stack gap="md">
			{run.kind === 'none' ? <ImportWizard /> : <ImportProgress run={run} />}
			<Imports hideEmpty />
		</Stack>
	);
}
