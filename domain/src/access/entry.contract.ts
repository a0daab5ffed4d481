import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { linkTokenSchema } from './invitations.contract.ts';
import { emailSchema, personNameSchema } from './membership.ts';

export const readEntry = contract({
	id: 'readEntry',
	method: 'GET',
	path: '/v1/access/entry',
	room: 'access',
	summary: 'The ways to sign in here, before anybody has',
	allows: 'anybody',
	answer: z.object({
		/** Nobody is an admin yet: the setup link that was printed at start comes first. */
		needsSetup: z.boolean(),
		/** Whether mails are sent from here, so that whoever has lost their password can have a link mailed. */
		mails: z.boolean(),
		/** Providers one can sign in with: POST /auth/sign-in/social with `provider` and `callbackURL` answers where to go. */
		providers: z.array(z.object({ id: z.string(), name: z.string() })),
	}),
});

export const setUp = contract({
	id: 'setUp',
	method: 'POST',
	path: '/v1/access/setup',
	room: 'access',
	summary: 'Make the first admin with the setup link printed at start; the answer signs in',
	allows: 'anybody',
	body: z.strictObject({
		token: linkTokenSchema,
		name: personNameSchema,
		email: emailSchema,
		password: z.string().max(1_000),
	}),
	answer: z.object({ workspace: z.string() }),
	problems: ['link-spent', 'password-weak'],
});

export const createSignInLink = contract({
	id: 'createSignInLink',
	method: 'POST',
	path: '/v1/access/sign-in-links',
	room: 'access',
	summary: 'A link that signs somebody in once',
	description:
		'For programs that hold an admin key. Somebody unknown is made an admin without a password. Valid for an hour. With `forgetPassword` their password, second factor and sessions end at once, so that they can choose a new password without the one they lost. Refused for somebody who belongs to other workspaces as well, since a key opens only its own.',
	allows: [],
	body: z.strictObject({
		email: emailSchema,
		name: personNameSchema,
		forgetPassword: z.boolean().default(false),
	}),
	answer: z.object({ link: z.string(), expiresAt: z.string() }),
	status: 201,
	problems: ['key-needed', 'belongs-elsewhere'],
});

export const signInByLink = contract({
	id: 'signInByLink',
	method: 'POST',
	path: '/v1/access/sign-in-links/use',
	room: 'access',
	summary: 'Use a sign-in link: the answer signs in',
	allows: 'anybody',
	body: z.strictObject({ token: linkTokenSchema }),
	answer: z.object({ workspace: z.string() }),
	problems: ['link-spent'],
});
