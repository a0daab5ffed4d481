import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { roles } from './role.ts';

const workspaceSchema = z.object({ id: z.string(), name: z.string() });

export const readMe = contract({
	id: 'readMe',
	method: 'GET',
	path: '/v1/me',
	room: 'access',
	summary: 'Who is asking, in which workspace, and what they may see there',
	allows: ['read'],
	answer: z.object({
		kind: z.enum(['person', 'key']),
		id: z.string(),
		name: z.string(),
		/** Null for a key. */
		email: z.string().nullable(),
		workspace: workspaceSchema,
		/** The workspaces one may change to. */
		workspaces: z.array(workspaceSchema),
		/** Null for a key. */
		role: z.enum(roles).nullable(),
		/** Their units, not yet those below; `all` is the whole workspace. */
		units: z.union([z.literal('all'), z.array(z.string())]),
		timeZone: z.string(),
		currency: z.string(),
	}),
});
export type Me = z.output<typeof readMe.answer>;
