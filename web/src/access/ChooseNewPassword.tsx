import { Button, Loader, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { chooseNewPassword, readNewPasswordLink } from '@touchstone/domain/access/new-password.contract';
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
import { useProblem } from './use-problem.ts';

/** Somebody came by a link from their mail, and chooses a new password. */
export function ChooseNewPassword({ token }: { readonly token: string }) {
	const { say } = useTexts();
	const sayProblem = useProblem();
	const router = useRouter();
	const [password, setPassword] = useState('');
	const link = useQuery({
		queryKey: ['entrance', 'new password', token],
		queryFn: ({ signal }) => ask(readNewPasswordLink, { body: { token }, signal }),
		// Once it is used it is not good any more, and need not be asked about again.
		staleTime: Number.POSITIVE_INFINITY,
	});
	const choose = useMutation({
		mutationFn: () => ask(chooseNewPassword, { body: { token, password } }),
		onSuccess: ({ signedIn }) => {
			forgetPrevious();
			router.history.push(signedIn ? '/' : '/sign-in');
		},
	});
	const title = say('access.lost');
	if (link.error) return <LinkMissing title={title} hint={sayProblem(link.error)} />;
	if (link.data === undefined)
		return (
			<OutsidePage title={title}>
				<Loader size="sm" type="dots" aria-label={say('ui.loading')} />
			</OutsidePage>
		);
	const { email } = link.data;
	return (
		<OutsidePage title={say('access.lostChoose')} hint={say('access.lostChooseHint')}>
			{choose.error ? <Notice kind="problem">{sayProblem(choose.error)}</Notice> : null}
			<form
				className={classes.form}
				onSubmit={event => {
					event.preventDefault();
					choose.mutate();
				}}
			>
				<TextInput
					type="email"
					name="email"
					label={say('access.email')}
					autoComplete="username"
					readOnly
					value={email}
				/>
				<NewPassword
					label={say('access.password')}
					value={password}
					onValue={setPassword}
					whose={link.data}
				/>
				<Button
					type="submit"
					fullWidth
					loading={choose.isPending}
					disabled={passwordFaults(password, link.data).length > 0}
				>
					{say('access.lostChooseGo')}
				</Button>
			</form>
		</OutsidePage>
	);
}
