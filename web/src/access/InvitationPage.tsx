import { Button, Loader, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { acceptInvitation, readInvitation } from '@touchstone/domain/access/invitations.contract';
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

/** Somebody accepts an invitation: new here, they choose a password; known already, they give the one they have. */
export function InvitationPage() {
	const { say } = useTexts();
	const sayProblem = useProblem();
	const router = useRouter();
	const token = useLinkToken();
	const [name, setName] = useState('');
	const [password, setPassword] = useState('');
	const invitation = useQuery({
		queryKey: ['entrance', 'invitation', token],
		queryFn: ({ signal }) => ask(readInvitation, { body: { token: token ?? '' }, signal }),
		enabled: token !== undefined,
	});
	const accept = useMutation({
		mutationFn: (link: string) =>
			ask(acceptInvitation, {
				body: { token: link, password, ...(name.trim() === '' ? {} : { name: name.trim() }) },
			}),
		onSuccess: ({ signedIn }) => {
			forgetPrevious();
			router.history.push(signedIn ? '/' : '/sign-in');
		},
	});
	const title = say('access.invitation');
	if (token === undefined) return <LinkMissing title={title} hint={say('access.linkMissing')} />;
	if (invitation.error) return <LinkMissing title={title} hint={sayProblem(invitation.error)} />;
	if (invitation.data === undefined)
		return (
			<OutsidePage title={title}>
				<Loader size="sm" type="dots" aria-label={say('ui.loading')} />
			</OutsidePage>
		);
	const { email, workspace, invitedBy, role, known } = invitation.data;
	const whose = { email, name };
	return (
		<OutsidePage
			title={say('access.invitationTo', { workspace })}
			hint={say('access.invitationHint', { invitedBy, role: say(`access.role.${role}`) })}
		>
			{accept.error ? <Notice kind="problem">{sayProblem(accept.error)}</Notice> : null}
			<form
				className={classes.form}
				onSubmit={event => {
					event.preventDefault();
					accept.mutate(token);
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
				{known ? (
					<PasswordInput
						name="password"
						label={say('access.password')}
						description={say('access.invitationKnown')}
						autoComplete="current-password"
						required
						withAsterisk={false}
						value={password}
						onChange={event => setPassword(event.currentTarget.value)}
						visibilityToggleButtonProps={{ 'aria-label': say('access.showPassword') }}
					/>
				) : (
					<>
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
						<NewPassword
							label={say('access.password')}
							value={password}
							onValue={setPassword}
							whose={whose}
						/>
					</>
				)}
				<Button
					type="submit"
					fullWidth
					loading={accept.isPending}
					disabled={!known && passwordFaults(password, whose).length > 0}
				>
					{say('access.invitationGo')}
				</Button>
			</form>
		</OutsidePage>
	);
}
