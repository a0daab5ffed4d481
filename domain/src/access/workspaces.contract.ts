import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { workspaceIdSchema } from '../owners/ids.ts';
import { roleSchema } from './membership.ts';
import { roles } from './role.ts';

const workspaceSchema = z.object({
	id: z.string(),
	name: z.string(),
	createdAt: z.string(),
	/** The caller's role there; null for a key. */
	role: roleSchema.nullable(),
});

export const listWorkspaces = contract({
	id: 'listWorkspaces',
	method: 'GET',
	path: '/v1/workspaces',
	room: 'access',
	summary: 'The workspaces one belongs to',
	allows: ['read'],
	roles: [...roles],
	answer: z.object({ items: z.array(workspaceSchema) }),
});

export const createWorkspace = contract({
	id: 'createWorkspace',
	method: 'POST',
	path: '/v1/workspaces',
	room: 'access',
	summary: 'Make a workspace, of which one is the first admin; nothing in it is shared with others',
	allows: [],
	body: z.strictObject({ id: workspaceIdSchema, name: z.string().trim().min(1).max(100) }),
	answer: workspaceSchema,
	status: 201,
	problems: ['person-needed', 'workspace-exists'],
});
