import { Stack } from '@mantine/core';
import { writeMappingFile } from '@touchstone/domain/interactions/import-mapping-file';
import { useMemo, useState } from 'react';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { CheckStep } from './CheckStep.tsx';
import { FilesStep } from './FilesStep.tsx';
import { MappingStep } from './MappingStep.tsx';
import { type FileDraft, mappingOf } from './mapping-draft.ts';
import { startImport } from './running-import.client.ts';
import { Steps } from './Steps.tsx';
import type { Sample } from './sample.store.ts';

type Step = 'files' | 'mapping' | 'check';
const steps: readonly Step[] = ['files', 'mapping', 'check'];

/** From files to a checked mapping. Nothing is sent before the last step has shown what would be. */
export function ImportWizard() {
	const { say } = useTexts();
	const me = useMe();
	const [step, setStep] = useState<Step>('files');
	const [samples, setSamples] = useState<readonly Sample[]>([]);
	/** A mapping written by hand or loaded from a file; it then counts instead of the forms. */
	const [written, setWritten] = useState<string>();
	const drawn = useMemo(() => writeMappingFile(mappingOf(samples.map(({ draft }) => draft))), [samples]);
	const mapping = written ?? drawn;
	const change = (draft: FileDraft) =>
		setSamples(samples.map(sample => (sample.draft.word === draft.word ? { ...sample, draft } : sample)));
	const files = samples.map(({ file }) => file);
	return (
		<Stack gap="md">
			<Steps
				names={steps.map(name => say(`data.import.step.${name}`))}
				at={steps.indexOf(step)}
				onBack={index => setStep(steps[index] ?? 'files')}
			/>
			{step === 'files' ? (
				<FilesStep
					samples={samples}
					onSamples={setSamples}
					hasMapping={written !== undefined}
					onMapping={setWritten}
					onNext={() => setStep('mapping')}
				/>
			) : null}
			{step === 'mapping' ? (
				<MappingStep
					samples={samples}
					mapping={mapping}
					isWritten={written !== undefined}
					onWritten={setWritten}
					onDraft={change}
					onSample={sample =>
						setSamples(samples.map(known => (known.draft.word === sample.draft.word ? sample : known)))
					}
					onNext={() => setStep('check')}
				/>
			) : null}
			{step === 'check' ? (
				<CheckStep
					mapping={mapping}
					files={files}
					onBack={() => setStep('mapping')}
					onImport={() => void startImport({ person: me.id, workspace: me.workspace.id, mapping, files })}
				/>
			) : null}
		</Stack>
	);
}
