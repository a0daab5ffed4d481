import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { setUp } from '@touchstone/domain/access/entry.contract';
import { passwordFaults } from '@touchstone/domain/access/password';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Notice } from '../ui/Notice.tsx';
import { forgetPrevious } from './forget-previous.ts';
import { LinkMissing } from './LinkMissing.tsx';
import { NewPassword } from './NewPassword.tsx';
import classes from './OutsidePage.module.css';
import { OutsidePage } from './OutsidePage.tsx';
import { useLinkToken } from './use-link-token.ts';
import { useProblem } from './use-problem.ts';

/** The first admin makes themselves known, by the link that was printed when the server started. */
export function SetupPage() {
	const { say } = useTexts();
	const sayProblem = useProblem();
	const router = useRouter();
	const token = useLinkToken();
	const [name, setName] = useState('');
	const [email, setEmail] = useState('');
	const [password, setPassword] = useState('');
	const create = useMutation({
		mutationFn: (link: string) =>
			ask(setUp, { body: { token: link, name: name.trim(), email: email.trim(), password } }),
		onSuccess: () => {
			forgetPrevious();
			router.history.push('/');
		},
	});
	if (token === undefined)
		return <LinkMissing title={say('access.setup')} hint={say('access.setupLinkMissing')} />;
	return (
		<OutsidePage title={say('access.setup')} hint={say('access.setupHint')}>
			{create.error ? <Notice kind="problem">{sayProblem(create.error)}</Notice> : null}
			<form
				className={classes.form}
				onSubmit={event => {
					event.preventDefault();
					create.mutate(token);
				}}
			>
				<TextInput
					name="name"
					label={say('access.name')}
					autoComplete="name"
					autoFocus
					required
					withAsterisk={false}
					maxLength={100}
					value={name}
					onChange={event => setName(event.currentTarget.value)}
				/>
				<TextInput
					type="email"
					name="email"
					label={say('access.email')}
					autoComplete="username"
					required
					withAsterisk={false}
					value={email}
					onChange={event => setEmail(event.currentTarget.value)}
				/>
				<NewPassword
					label={say('access.password')}
					value={password}
					onValue={setPassword}
					whose={{ email, name }}
				/>
				<Button
					type="submit"
					fullWidth
					loading={create.isPending}
					disabled={passwordFaults(password, { email, name }).length > 0}
				>
					{say('access.setupGo')}
				</Button>
			</form>
		</OutsidePage>
	);
}
