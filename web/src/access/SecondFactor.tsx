import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import classes from './OutsidePage.module.css';
import { OutsidePage } from './OutsidePage.tsx';
import { signInWithBackupCode, signInWithCode } from './sign-in.contract.ts';
import { useProblem } from './use-problem.ts';

/** The second step of signing in: a code of the authenticator app, or a backup code when the app is lost. */
export function SecondFactor({
	onDone,
	onBack,
}: {
	readonly onDone: () => void;
	readonly onBack: () => void;
}) {
	const { say } = useTexts();
	const sayProblem = useProblem();
	const [backup, setBackup] = useState(false);
	const [code, setCode] = useState('');
	const [trustDevice, setTrustDevice] = useState(false);
	const verify = useMutation({
		mutationFn: () =>
			ask(backup ? signInWithBackupCode : signInWithCode, {
				body: { code: backup ? code.trim() : code.replaceAll(/\s/g, ''), trustDevice },
			}),
		onSuccess: onDone,
	});
	return (
		<OutsidePage
			title={say('access.code.title')}
			hint={say(backup ? 'access.code.backupHint' : 'access.code.hint')}
		>
			{verify.error ? <Notice kind="problem">{sayCodeProblem(sayProblem(verify.error))}</Notice> : null}
			<form
				className={classes.form}
				onSubmit={event => {
					event.preventDefault();
					verify.mutate();
				}}
			>
				<TextInput
					key={String(backup)}
					name="code"
					label={say(backup ? 'access.code.backup' : 'access.code')}
					autoComplete="one-time-code"
					inputMode={backup ? 'text' : 'numeric'}
					autoFocus
					required
					withAsterisk={false}
					value={code}
					onChange={event => setCode(event.currentTarget.value)}
				/>
				<Checkbox
					size="sm"
					label={say('access.code.trust')}
					checked={trustDevice}
					onChange={event => setTrustDevice(event.currentTarget.checked)}
				/>
				<Button type="submit" loading={verify.isPending} fullWidth>
					{say('access.code.go')}
				</Button>
				<Button
					variant="subtle"
					size="xs"
					onClick={() => {
						setBackup(!backup);
						setCode('');
						verify.reset();
					}}
				>
					{say(backup ? 'access.code.useApp' : 'access.code.useBackup')}
				</Button>
				<Button variant="subtle" size="xs" color="gray" onClick={onBack}>
					{say('ui.back')}
				</Button>
			</form>
		</OutsidePage>
	);

	function sayCodeProblem(problem: string): string {
		return problem === say('access.problem.signInRefused') ? say('access.problem.codeWrong') : problem;
	}
}
