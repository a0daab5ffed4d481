import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { AskFailed } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { NoPermission } from './NoPermission.tsx';

/** What a page or panel shows when it could not be read: what happened, what to do, and under which id the log tells more. */
export function PageFailed({ error, reset }: { readonly error: unknown; readonly reset?: () => void }) {
	const { say } = useTexts();
	const problem = error instanceof AskFailed ? error.problem : undefined;
	if (problem?.status === 403) return <NoPermission />;
	const detail = problem?.detail ?? (error instanceof Error ? error.message : String(error));
	return (
		<Alert color="red" variant="light" title={problem?.title ?? say('ui.failed')} role="alert">
			<Stack gap="xs" align="flex-start">
				<Text size="sm">{detail}</Text>
				{problem?.requestId ? <Code>{problem.requestId}</Code> : null}
				{reset ? (
					<Button size="xs" variant="default" onClick={reset}>
						{say('ui.tryAgain')}
					</Button>
				) : null}
			</Stack>
		</Alert>
	);
}
