import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { readEntry } from '@touchstone/domain/access/entry.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { LinkTo } from '../ui/LinkTo.tsx';
import { Notice } from '../ui/Notice.tsx';
import { forgetPrevious } from './forget-previous.ts';
import classes from './OutsidePage.module.css';
import { OutsidePage } from './OutsidePage.tsx';
import { SecondFactor } from './SecondFactor.tsx';
import { signInWithPassword, signInWithProvider } from './sign-in.contract.ts';
import { useProblem } from './use-problem.ts';

/** Signing in: with e-mail address and password, then a code where one is asked for, or with a provider. */
export function SignInPage() {
	const { say } = useTexts();
	const { back = '/', error } = useSearch({ from: '/sign-in' });
	const router = useRouter();
	const sayProblem = useProblem();
	const [email, setEmail] = useState('');
	const [password, setPassword] = useState('');
	const entry = useQuery({
		queryKey: ['entrance', 'ways'],
		queryFn: ({ signal }) => ask(readEntry, { signal }),
	});
	const enter = () => {
		forgetPrevious();
		router.history.push(back);
	};
	const signIn = useMutation({
		mutationFn: () => ask(signInWithPassword, { body: { email: email.trim(), password } }),
		onSuccess: ({ twoFactorRedirect }) => {
			if (!twoFactorRedirect) enter();
		},
	});
	const goTo = useMutation({
		mutationFn: (provider: string) =>
			ask(signInWithProvider, { body: { provider, callbackURL: back, errorCallbackURL: '/sign-in' } }),
		onSuccess: ({ url }) => window.location.assign(url),
	});
	if (signIn.data?.twoFactorRedirect) return <SecondFactor onDone={enter} onBack={signIn.reset} />;
	const failure = signIn.error ?? goTo.error;
	const providers = entry.data?.providers ?? [];
	return (
		<OutsidePage title={say('access.signIn')}>
			{entry.data?.needsSetup ? (
				<Notice kind="note" title={say('access.needsSetup')}>
					{say('access.needsSetupHint')}
				</Notice>
			) : null}
			{failure ? (
				<Notice kind="problem">{sayProblem(failure)}</Notice>
			) : error ? (
				<Notice kind="problem">
					{say(error === 'not_invited' ? 'access.notInvited' : 'access.providerFailed')}
				</Notice>
			) : null}
			<form
				className={classes.form}
				onSubmit={event => {
					event.preventDefault();
					signIn.mutate();
				}}
			>
				<TextInput
					type="email"
					name="email"
					label={say('access.email')}
					autoComplete="username"
					autoFocus
					required
					withAsterisk={false}
					value={email}
					onChange={event => setEmail(event.currentTarget.value)}
				/>
				<PasswordInput
					name="password"
					label={say('access.password')}
					autoComplete="current-password"
					required
					withAsterisk={false}
					value={password}
					onChange={event => setPassword(event.currentTarget.value)}
					visibilityToggleButtonProps={{ 'aria-label': say('access.showPassword') }}
				/>
				<Button type="submit" loading={signIn.isPending} fullWidth>
					{say('access.signIn')}
				</Button>
				<LinkTo to="/new-password" size="sm">
					{say('access.lost')}
				</LinkTo>
			</form>
			{providers.length > 0 ? (
				<>
					<div className={classes.or}>{say('access.or')}</div>
					<div className={classes.providers}>
						{providers.map(({ id, name }) => (
							<Button
								key={id}
								variant="default"
								fullWidth
								loading={goTo.isPending && goTo.variables === id}
								onClick={() => goTo.mutate(id)}
							>
								{say('access.signInWith', { provider: name })}
							</Button>
						))}
					</div>
				</>
			) : null}
		</OutsidePage>
	);
}
