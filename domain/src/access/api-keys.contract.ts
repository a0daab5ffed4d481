import { z } from 'zod';
import { contract, keyScopes } from '../http/contract.ts';

/** A key as it can be shown: never its text, only how it begins. */
export const shownKeySchema = z.object({
	id: z.string(),
	name: z.string(),
	scope: z.enum(keyScopes),
	prefix: z.string(),
	createdAt: z.string(),
	createdBy: z.string(),
	lastUsedAt: z.string().nullable(),
	revokedAt: z.string().nullable(),
});

export const listKeys = contract({
	id: 'listKeys',
	method: 'GET',
	path: '/v1/keys',
	room: 'access',
	summary: 'The API keys, newest first, with their last use',
	allows: [],
	units: 'all',
	answer: z.object({ items: z.array(shownKeySchema) }),
});

export const createKey = contract({
	id: 'createKey',
	method: 'POST',
	path: '/v1/keys',
	room: 'access',
	summary: 'Makes an API key; its text is shown this once',
	allows: [],
	body: z.strictObject({ name: z.string().trim().min(1).max(100), scope: z.enum(keyScopes) }),
	answer: z.object({ key: shownKeySchema, text: z.string() }),
	status: 201,
});

export const revokeKey = contract({
	id: 'revokeKey',
	method: 'PUT',
	path: '/v1/keys/{id}/revocation',
	room: 'access',
	summary: 'Ends an API key for good',
	allows: [],
	params: z.object({ id: z.uuid() }),
	answer: shownKeySchema,
	problems: ['not-found'],
});
