import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { emailSchema, personNameSchema, placeSchema, roleSchema, unitsGivenSchema } from './membership.ts';

export const invitationSchema = z.object({
	id: z.string(),
	email: z.string(),
	role: roleSchema,
	units: unitsGivenSchema,
	createdAt: z.string(),
	createdBy: z.string(),
	expiresAt: z.string(),
});

/** The secret part of a link, as it stands behind its `#`: browsers send that part to no server. */
export const linkTokenSchema = z.string().min(20).max(200);

export const listInvitations = contract({
	id: 'listInvitations',
	method: 'GET',
	path: '/v1/access/invitations',
	room: 'access',
	summary: 'The invitations nobody has accepted yet',
	allows: [],
	units: 'all',
	answer: z.object({ items: z.array(invitationSchema) }),
});

export const invite = contract({
	id: 'invite',
	method: 'POST',
	path: '/v1/access/invitations',
	room: 'access',
	summary: 'Invite somebody by e-mail',
	description:
		'Where a mail server is configured the link is mailed; otherwise, or when the mail server refuses, the answer holds the link, to be handed over. It is valid for seven days, once. An earlier invitation of the same address ends.',
	allows: [],
	body: z.strictObject({ email: emailSchema, place: placeSchema }),
	answer: z.object({
		invitation: invitationSchema,
		/** Null when it was mailed. */
		link: z.string().nullable(),
		/** Why it could not be mailed; null when it was, or when no mail server is configured. */
		mailProblem: z.string().nullable(),
	}),
	status: 201,
	problems: ['already-member'],
});

export const withdrawInvitation = contract({
	id: 'withdrawInvitation',
	method: 'DELETE',
	path: '/v1/access/invitations/{id}',
	room: 'access',
	summary: 'Take an invitation back; its link ends',
	allows: [],
	params: z.object({ id: z.uuid() }),
	answer: z.undefined(),
	status: 204,
	problems: ['not-found'],
});

export const readInvitation = contract({
	id: 'readInvitation',
	method: 'POST',
	path: '/v1/access/invitations/reading',
	room: 'access',
	summary: 'What an invitation says, for whoever holds its link',
	allows: 'anybody',
	audited: 'nothing',
	body: z.strictObject({ token: linkTokenSchema }),
	answer: z.object({
		email: z.string(),
		workspace: z.string(),
		invitedBy: z.string(),
		role: roleSchema,
		/** Whether somebody with this address is known, who then gives the password they have. */
		known: z.boolean(),
	}),
	problems: ['link-spent'],
});

export const acceptInvitation = contract({
	id: 'acceptInvitation',
	method: 'POST',
	path: '/v1/access/invitations/acceptance',
	room: 'access',
	summary: 'Accept an invitation: the answer signs in',
	description:
		'Somebody new gives a name and chooses a password. Somebody who is known gives the password they have, or is signed in already.',
	allows: 'anybody',
	body: z.strictObject({
		token: linkTokenSchema,
		name: personNameSchema.optional(),
		password: z.string().max(1_000).optional(),
	}),
	answer: z.object({
		workspace: z.string(),
		/** Whether the answer signed them in; otherwise they sign in themselves, with their second factor. */
		signedIn: z.boolean(),
	}),
	problems: ['link-spent', 'password-weak', 'password-wrong', 'request-invalid'],
});
