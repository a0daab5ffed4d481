import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { applyDefinitions } from '@touchstone/domain/definitions/definitions.contract';
import { writeDefinitionsFile } from '@touchstone/domain/definitions/definitions-file';
import { useMemo, useState } from 'react';
import { definitionsQuery } from '../app/definitions-query.ts';
import { useMe } from '../app/session.ts';
import { Asked } from '../ui/Panel.tsx';
import { ApplyFile } from './ApplyFile.tsx';
import { FileText } from './FileText.tsx';

/** All definitions as `touchstone.yaml`, and a way to make them what another such file says. */
export function FilePart() {
	const query = useQuery(definitionsQuery);
	const mayApply = useMe().may.includes(applyDefinitions.id);
	const [typed, setTyped] = useState('');
	const yaml = useMemo(() => (query.data ? writeDefinitionsFile(query.data.definitions) : ''), [query.data]);
	return (
		<Asked query={query} height={480}>
			{({ revision, definitions }) => (
				<Stack gap="lg">
					{mayApply ? (
						<ApplyFile typed={typed} onType={setTyped} standing={definitions} revision={revision} />
					) : null}
					<FileText yaml={yaml} revision={revision} onEdit={mayApply ? () => setTyped(yaml) : undefined} />
				</Stack>
			)}
		</Asked>
	);
}
