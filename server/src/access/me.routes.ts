import {
	beginTwoFactor,
	changePassword,
	chooseWorkspace,
	confirmTwoFactor,
	endSession,
	endTwoFactor,
	listSessions,
	readMe,
	writeMe,
} from '@touchstone/domain/access/me.contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { contractsOf, serve, whatLacks } from '../http/serve.ts';
import type { AccessNeeds } from './access-needs.ts';
import { headersOf } from './entrance.ts';
import {
	deleteOtherSessions,
	deleteSession,
	keepWorkspace,
	peopleById,
	renamePerson,
	sessionsOf,
} from './people.queries.ts';
import { personCalling, refuseWeakPassword } from './person-calling.ts';
import { workspaceById } from './workspaces.queries.ts';

/** Who one is, where one is signed in, and how one shows it. */
export function meRoutes(app: FastifyInstance, house: House, needs: AccessNeeds): void {
	const { people, signIn, entrance, attempts, definitions } = needs;

	const setCookies = (reply: FastifyReply, cookies: readonly string[]): void => {
		if (cookies.length > 0) reply.header('set-cookie', [...cookies]);
	};
	const checkPassword = async (person: string, password: string): Promise<void> => {
		const right = await attempts.guard(
			`password of ${person}`,
			() => signIn().isPasswordOf(person, password),
			answer => !answer,
		);
		if (!right) throw new Refusal('password-wrong');
	};
	const prolonged = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
		setCookies(reply, await signIn().prolong(headersOf(request)));
	};

	serve(app, house, readMe, async ({ caller, request, reply }) => {
		if (caller.kind === 'person') await prolonged(request, reply);
		const { company } = (await definitions.of(caller.workspace)).definitions;
		const may = contractsOf(app)
			.filter(contract => !whatLacks(caller, contract))
			.map(contract => contract.id);
		return { ...(await whoIs(caller)), may, timeZone: company.timeZone, currency: company.currency };
	});

	const whoIs = async (caller: Caller) => {
		const { id, name, kind } = caller;
		if (caller.kind === 'key') {
			const workspace = await nameOf(caller);
			const workspaces = [{ ...workspace, role: null }];
			const none = { email: null, role: null, units: 'all' as const, twoFactor: false, hasPassword: false };
			return { kind, id, name, ...none, workspace, workspaces, scope: caller.may };
		}
		const memberships = await entrance.membershipsOf(id);
		const here = memberships.find(({ workspace }) => workspace === caller.workspace);
		const known = (await people.ask(kysely => peopleById(kysely, [id]))).get(id);
		return {
			kind,
			id,
			name: known?.name ?? name,
			email: caller.email,
			workspace: { id: caller.workspace, name: here?.workspaceName ?? caller.workspace },
			workspaces: memberships.map(({ workspace, workspaceName, role }) => ({
				id: workspace,
				name: workspaceName,
				role,
			})),
			role: caller.may,
			scope: null,
			units: here?.units ?? [],
			twoFactor: known?.twoFactor ?? false,
			hasPassword: known?.hasPassword ?? false,
		};
	};
	const nameOf = async ({ workspace, scope }: Caller) => {
		const found = await house.postgres.inWorkspace(scope, trx => workspaceById(trx, workspace));
		return { id: workspace, name: found?.name ?? workspace };
	};

	serve(app, house, writeMe, async ({ caller, body, note }) => {
		const { id, name } = personCalling(caller);
		await people.ask(kysely => renamePerson(kysely, id, body.name));
		entrance.forget();
		note({ target: id, from: { name }, to: body });
		return body;
	});

	serve(app, house, chooseWorkspace, async ({ caller, body }) => {
		const { id, session } = personCalling(caller);
		const memberships = await entrance.membershipsOf(id);
		const found = memberships.find(({ workspace }) => workspace === body.workspace);
		if (!found) throw new Refusal('membership-missing');
		await people.ask(kysely => keepWorkspace(kysely, session, found.workspace));
		entrance.forget();
		return { id: found.workspace, name: found.workspaceName };
	});

	serve(app, house, changePassword, async ({ caller, body, note }) => {
		const { id, email, name, session } = personCalling(caller);
		const known = (await people.ask(kysely => peopleById(kysely, [id]))).get(id);
		if (known?.hasPassword) await checkPassword(id, body.current ?? '');
		refuseWeakPassword(body.password, { email, name });
		await signIn().setPassword(id, body.password);
		await people.ask(kysely => deleteOtherSessions(kysely, id, session));
		entrance.forget();
		note({ target: id });
		return undefined;
	});

	serve(app, house, beginTwoFactor, async ({ caller, body, request, note }) => {
		const { id } = personCalling(caller);
		await checkPassword(id, body.password);
		const begun = await signIn().beginTwoFactor(headersOf(request), body.password);
		if (!begun) throw new Refusal('two-factor-on');
		note({ target: id });
		return { uri: begun.uri, backupCodes: [...begun.backupCodes] };
	});

	serve(app, house, confirmTwoFactor, async ({ caller, body, request, reply, note }) => {
		const { id } = personCalling(caller);
		const cookies = await attempts.guard(
			`code of ${id}`,
			() => signIn().confirmTwoFactor(headersOf(request), body.code),
			answer => answer === undefined,
		);
		if (!cookies) throw new Refusal('code-wrong');
		setCookies(reply, cookies);
		entrance.forget();
		note({ target: id, from: false, to: true });
		return undefined;
	});

	serve(app, house, endTwoFactor, async ({ caller, body, request, reply, note }) => {
		const { id } = personCalling(caller);
		await checkPassword(id, body.password);
		setCookies(reply, await signIn().endTwoFactor(headersOf(request), body.password));
		entrance.forget();
		note({ target: id, from: true, to: false });
		return undefined;
	});

	serve(app, house, listSessions, async ({ caller }) => {
		const { id, session } = personCalling(caller);
		const sessions = await people.ask(kysely => sessionsOf(kysely, id, house.now()));
		return {
			items: sessions.map(row => ({
				id: row.id,
				current: row.id === session,
				createdAt: row.createdAt.toISOString(),
				lastSeenAt: row.updatedAt.toISOString(),
				expiresAt: row.expiresAt.toISOString(),
				address: row.ipAddress ?? '',
				userAgent: row.userAgent ?? '',
			})),
		};
	});

	serve(app, house, endSession, async ({ caller, params }) => {
		const { id } = personCalling(caller);
		const ended = await people.ask(kysely => deleteSession(kysely, id, params.id));
		if (!ended) throw new Refusal('not-found', 'You are not signed in there any more.');
		entrance.forget();
		return undefined;
	});
}
