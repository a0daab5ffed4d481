import {
	acceptInvitation,
	invite,
	listInvitations,
	readInvitation,
	withdrawInvitation,
} from '@touchstone/domain/access/invitations.contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve, serveOpenly } from '../http/serve.ts';
import type { AccessNeeds } from './access-needs.ts';
import { headersOf } from './entrance.ts';
import {
	holdInvitation,
	type Invitation,
	insertInvitation,
	markAccepted,
	openInvitations,
	withdraw,
} from './invitations.queries.ts';
import { holdMembership, putMembership } from './memberships.queries.ts';
import { hashOfToken, newToken } from './one-time-token.ts';
import { type KnownPerson, personByEmail } from './people.queries.ts';
import { placeOf, refuseUnknownUnits } from './people.routes.ts';
import { refuseWeakPassword } from './person-calling.ts';
import { workspaceById } from './workspaces.queries.ts';

const validDays = 7;

/** Inviting people, and accepting. */
export function invitationRoutes(app: FastifyInstance, house: House, needs: AccessNeeds): void {
	const { people, signIn, entrance, attempts, post, address } = needs;

	serve(app, house, listInvitations, async ({ caller: { workspace, scope } }) => {
		const rows = await house.postgres.inWorkspace(scope, trx => openInvitations(trx, workspace, house.now()));
		return { items: rows.map(shown) };
	});

	serve(app, house, invite, async ({ caller, body, note }) => {
		const { workspace, scope, name } = caller;
		const { email, place } = body;
		await refuseUnknownUnits(needs, workspace, place);
		const known = await people.ask(kysely => personByEmail(kysely, email));
		const at = house.now();
		const expiresAt = new Date(at.getTime() + validDays * 86_400_000);
		const insert = async (hash: Buffer, mailed: boolean) =>
			house.postgres.inWorkspace(scope, async trx => {
				if (known && (await holdMembership(trx, workspace, known.id))) throw new Refusal('already-member');
				return {
					invitation: await insertInvitation(trx, {
						...place,
						workspace,
						email,
						hash,
						createdBy: name,
						at,
						expiresAt,
						mailed,
					}),
					workspaceName: (await workspaceById(trx, workspace))?.name ?? workspace,
				};
			});

		const { token, hash } = newToken();
		const { invitation, workspaceName } = await insert(hash, post !== undefined);
		note({ target: email, to: { ...placeOf(place), invitation: invitation.id } });
		if (!post) return { invitation: shown(invitation), link: linkOf(token), mailProblem: null };
		try {
			await post.invite({ email, invitedBy: name, workspace: workspaceName, link: linkOf(token) });
			return { invitation: shown(invitation), link: null, mailProblem: null };
		} catch (error) {
			// Another link, so that the one that may have gone out vouches for nothing.
			const handed = newToken();
			const again = await insert(handed.hash, false);
			return {
				invitation: shown(again.invitation),
				link: linkOf(handed.token),
				mailProblem: error instanceof Error ? error.message : String(error),
			};
		}
	});

	serve(app, house, withdrawInvitation, async ({ caller: { workspace, scope }, params: { id }, note }) => {
		const invitation = await house.postgres.inWorkspace(scope, trx =>
			withdraw(trx, workspace, id, house.now()),
		);
		if (!invitation) throw new Refusal('not-found', `There is no open invitation ${id}.`);
		note({ target: `${id} ${invitation.email}` });
		return undefined;
	});

	serveOpenly(app, house, readInvitation, async ({ body }) => {
		const found = await house.postgres.acrossWorkspaces('somebody reads their invitation', async trx => {
			const invitation = await holdInvitation(trx, hashOfToken(body.token), house.now());
			return invitation && { invitation, workspace: await workspaceById(trx, invitation.workspace) };
		});
		if (!found) throw new Refusal('link-spent');
		const { email, createdBy: invitedBy, role, workspace } = found.invitation;
		const known = await people.ask(kysely => personByEmail(kysely, email));
		const hasToSignIn = known !== undefined;
		return { email, workspace: found.workspace?.name ?? workspace, invitedBy, role, known: hasToSignIn };
	});

	serveOpenly(app, house, acceptInvitation, async ({ body, request, reply, record }) => {
		const hash = hashOfToken(body.token);
		const now = house.now();
		const accepted = await house.postgres.acrossWorkspaces('somebody accepts an invitation', async trx => {
			// Held until the end: of two who accept at once the second finds it spent.
			const invitation = await holdInvitation(trx, hash, now);
			if (!invitation) throw new Refusal('link-spent');
			const { workspace, email, role, units, createdBy } = invitation;
			const known = await people.ask(kysely => personByEmail(kysely, email));
			const person = known ? await proven(known, body.password, request) : await newcomer(invitation, body);
			await markAccepted(trx, invitation.id, now);
			if (!(await holdMembership(trx, workspace, person))) {
				await putMembership(trx, { workspace, person, role, units, keptBy: null, by: createdBy });
			}
			return {
				person,
				name: known?.name ?? body.name ?? '',
				invitation,
				secondFactor: known?.twoFactor === true,
			};
		});
		const { person, name, invitation, secondFactor } = accepted;
		const { workspace } = invitation;
		entrance.forget();
		await record(
			{ kind: 'person', id: person, name, workspace },
			{ target: invitation.id, to: placeOf(invitation) },
		);
		if (secondFactor) return { workspace, signedIn: false };
		reply.header('set-cookie', await signIn().enter(person, headersOf(request)));
		return { workspace, signedIn: true };
	});

	/** Somebody who is known shows that it is them: signed in already, or by their password. */
	const proven = async (
		known: KnownPerson,
		password: string | undefined,
		request: FastifyRequest,
	): Promise<string> => {
		const session = await signIn().sessionOf(headersOf(request));
		if (session?.person === known.id) return known.id;
		const right = await attempts.guard(
			`password of ${known.id}`,
			() => signIn().isPasswordOf(known.id, password ?? ''),
			answer => !answer,
		);
		if (!right) throw new Refusal('password-wrong', 'Somebody with this address is known here.');
		return known.id;
	};

	const newcomer = (
		{ email, mailed }: Invitation,
		{ name, password }: { readonly name?: string | undefined; readonly password?: string | undefined },
	): Promise<string> => {
		if (name === undefined || password === undefined) {
			throw new Refusal('request-invalid', undefined, {
				invalidParams: [{ name: name === undefined ? 'name' : 'password', reason: 'is needed' }],
			});
		}
		refuseWeakPassword(password, { email, name });
		return signIn().createPerson({ name, email, emailVerified: mailed, password });
	};

	function linkOf(token: string): string {
		return `${address()}/invitation#${token}`;
	}
}

function shown(invitation: Invitation) {
	const { id, email, role, units, createdAt, createdBy, expiresAt } = invitation;
	return {
		id,
		email,
		role,
		units: units === 'all' ? units : [...units],
		createdAt: createdAt.toISOString(),
		createdBy,
		expiresAt: expiresAt.toISOString(),
	};
}
