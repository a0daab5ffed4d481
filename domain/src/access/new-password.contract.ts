import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { linkTokenSchema } from './invitations.contract.ts';
import { emailSchema } from './membership.ts';

export const askForNewPassword = contract({
	id: 'askForNewPassword',
	method: 'POST',
	path: '/v1/access/new-password/links',
	room: 'access',
	summary: 'Have a link mailed by which one chooses a new password',
	description:
		'For whoever has lost theirs. The answer is the same whether somebody with this address has a password here or not. The link is good for an hour, once; three are mailed to one person within an hour, and no more.',
	allows: 'anybody',
	audited: 'nothing',
	body: z.strictObject({ email: emailSchema }),
	answer: z.undefined(),
	status: 204,
	problems: ['no-mail'],
});

export const readNewPasswordLink = contract({
	id: 'readNewPasswordLink',
	method: 'POST',
	path: '/v1/access/new-password/reading',
	room: 'access',
	summary: 'Whose password a link is about, for whoever holds it',
	allows: 'anybody',
	audited: 'nothing',
	body: z.strictObject({ token: linkTokenSchema }),
	answer: z.object({ email: z.string(), name: z.string() }),
	problems: ['link-spent'],
});

export const chooseNewPassword = contract({
	id: 'chooseNewPassword',
	method: 'POST',
	path: '/v1/access/new-password',
	room: 'access',
	summary: 'Choose a new password by a link that was mailed: the answer signs in',
	description:
		'Every session of theirs ends. A second factor stays: who has one signs in with the new password and a code.',
	allows: 'anybody',
	body: z.strictObject({ token: linkTokenSchema, password: z.string().max(1_000) }),
	answer: z.object({
		/** Whether the answer signed them in; otherwise they sign in themselves, with their second factor. */
		signedIn: z.boolean(),
	}),
	problems: ['link-spent', 'password-weak'],
});
