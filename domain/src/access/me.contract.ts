import { z } from 'zod';
import { contract, keyScopes } from '../http/contract.ts';
import { workspaceIdSchema } from '../owners/ids.ts';
import { personNameSchema, roleSchema, unitsGivenSchema } from './membership.ts';
import { roles } from './role.ts';

const workspaceSchema = z.object({ id: z.string(), name: z.string() });

export const meSchema = z.object({
	kind: z.enum(['person', 'key']),
	id: z.string(),
	name: z.string(),
	/** Null for a key. */
	email: z.string().nullable(),
	/** The workspace that this request is answered from. */
	workspace: workspaceSchema,
	/** Every workspace they belong to. */
	workspaces: z.array(workspaceSchema.extend({ role: roleSchema.nullable() })),
	/** A person's role in this workspace; null for a key. */
	role: roleSchema.nullable(),
	/** A key's scope; null for a person. */
	scope: z.enum(keyScopes).nullable(),
	/** The units they were given; they see these and all below. */
	units: unitsGivenSchema,
	/** The ids of the operations (see openapi.json) they may call, so that a client need not show the others. */
	may: z.array(z.string()),
	/** The company's, an IANA name: days begin and end by it. */
	timeZone: z.string(),
	currency: z.string(),
	/** Whether signing in asks for a second factor, and whether there is a password to change. */
	twoFactor: z.boolean(),
	hasPassword: z.boolean(),
});

export const readMe = contract({
	id: 'readMe',
	method: 'GET',
	path: '/v1/me',
	room: 'access',
	summary: 'Who calls, in which workspace, and what they may do there',
	description:
		'People are answered in the workspace they chose with PUT /v1/me/workspace; the header X-Workspace chooses another one for a single request.',
	allows: ['read', 'intake'],
	roles: [...roles],
	answer: meSchema,
});

export const writeMe = contract({
	id: 'writeMe',
	method: 'PUT',
	path: '/v1/me',
	room: 'access',
	summary: 'Change how one is called',
	allows: [],
	roles: [...roles],
	units: 'own',
	body: z.strictObject({ name: personNameSchema }),
	answer: z.object({ name: z.string() }),
	problems: ['person-needed'],
});

export const chooseWorkspace = contract({
	id: 'chooseWorkspace',
	method: 'PUT',
	path: '/v1/me/workspace',
	room: 'access',
	summary: 'Work in another workspace from now on, in this session',
	allows: [],
	roles: [...roles],
	units: 'own',
	audited: 'nothing',
	body: z.strictObject({ workspace: workspaceIdSchema }),
	answer: workspaceSchema,
	problems: ['person-needed', 'membership-missing'],
});

const password = z.string().max(1_000);

export const changePassword = contract({
	id: 'changePassword',
	method: 'PUT',
	path: '/v1/me/password',
	room: 'access',
	summary: 'Change one’s password; every other session ends',
	allows: [],
	roles: [...roles],
	units: 'own',
	body: z.strictObject({ current: password.optional(), password }),
	answer: z.undefined(),
	status: 204,
	problems: ['person-needed', 'password-weak', 'password-wrong'],
});

export const beginTwoFactor = contract({
	id: 'beginTwoFactor',
	method: 'POST',
	path: '/v1/me/two-factor',
	room: 'access',
	summary: 'Begin to use an authenticator app; it asks for nothing before a code has confirmed it',
	allows: [],
	roles: [...roles],
	units: 'own',
	body: z.strictObject({ password }),
	/** The address an authenticator app reads, usually as a QR code, and codes for when the app is lost. */
	answer: z.object({ uri: z.string(), backupCodes: z.array(z.string()) }),
	problems: ['person-needed', 'password-wrong', 'two-factor-on'],
});

export const confirmTwoFactor = contract({
	id: 'confirmTwoFactor',
	method: 'PUT',
	path: '/v1/me/two-factor',
	room: 'access',
	summary: 'Confirm the authenticator app with a code; from now on signing in asks for one',
	allows: [],
	roles: [...roles],
	units: 'own',
	body: z.strictObject({ code: z.string().max(20) }),
	answer: z.undefined(),
	status: 204,
	problems: ['person-needed', 'code-wrong'],
});

export const endTwoFactor = contract({
	id: 'endTwoFactor',
	method: 'POST',
	path: '/v1/me/two-factor/end',
	room: 'access',
	summary: 'Stop asking for a second factor',
	allows: [],
	roles: [...roles],
	units: 'own',
	body: z.strictObject({ password }),
	answer: z.undefined(),
	status: 204,
	problems: ['person-needed', 'password-wrong'],
});

export const listSessions = contract({
	id: 'listSessions',
	method: 'GET',
	path: '/v1/me/sessions',
	room: 'access',
	summary: 'Where one is signed in',
	allows: [],
	roles: [...roles],
	answer: z.object({
		items: z.array(
			z.object({
				id: z.string(),
				/** Whether it is the one that asks. */
				current: z.boolean(),
				createdAt: z.string(),
				lastSeenAt: z.string(),
				expiresAt: z.string(),
				address: z.string(),
				userAgent: z.string(),
			}),
		),
	}),
	problems: ['person-needed'],
});

export const endSession = contract({
	id: 'endSession',
	method: 'DELETE',
	path: '/v1/me/sessions/{id}',
	room: 'access',
	summary: 'Sign out somewhere; it takes effect everywhere within five seconds',
	allows: [],
	roles: [...roles],
	units: 'own',
	params: z.object({ id: z.string().min(1).max(100) }),
	answer: z.undefined(),
	status: 204,
	problems: ['person-needed', 'not-found'],
});
