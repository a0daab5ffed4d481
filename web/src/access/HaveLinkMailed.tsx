import { Button, Loader, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { readEntry } from '@touchstone/domain/access/entry.contract';
import { askForNewPassword } from '@touchstone/domain/access/new-password.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { LinkTo } from '../ui/LinkTo.tsx';
import { Notice } from '../ui/Notice.tsx';
import classes from './OutsidePage.module.css';
import { useProblem } from './use-problem.ts';

/** Asks where to mail a link for a new password; where no mails are sent, says who can make one. */
export function HaveLinkMailed() {
	const { say } = useTexts();
	const sayProblem = useProblem();
	const [email, setEmail] = useState('');
	const entry = useQuery({
		queryKey: ['entrance', 'ways'],
		queryFn: ({ signal }) => ask(readEntry, { signal }),
	});
	const mail = useMutation({
		mutationFn: () => ask(askForNewPassword, { body: { email: email.trim() } }),
	});
	const failure = entry.error ?? mail.error;
	return (
		<>
			{failure ? <Notice kind="problem">{sayProblem(failure)}</Notice> : null}
			{entry.isPending ? (
				<Loader size="sm" type="dots" aria-label={say('ui.loading')} />
			) : mail.isSuccess ? (
				<Notice kind="note" title={say('access.lostMailed')}>
					{say('access.lostMailedHint')}
				</Notice>
			) : entry.data?.mails === false ? (
				<Notice kind="note" title={say('access.lostNoMail')}>
					{say('access.lostNoMailHint')}
				</Notice>
			) : (
				<form
					className={classes.form}
					onSubmit={event => {
						event.preventDefault();
						mail.mutate();
					}}
				>
					<TextInput
						type="email"
						name="email"
						label={say('access.email')}
						description={say('access.lostHint')}
						inputWrapperOrder={['label', 'input', 'description', 'error']}
						autoComplete="username"
						autoFocus
						required
						withAsterisk={false}
						value={email}
						onChange={event => setEmail(event.currentTarget.value)}
					/>
					<Button type="submit" loading={mail.isPending} fullWidth>
						{say('access.lostGo')}
					</Button>
				</form>
			)}
			<LinkTo to="/sign-in" size="sm">
				{say('access.toSignIn')}
			</LinkTo>
		</>
	);
}
