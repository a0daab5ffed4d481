import { createSignInLink, readEntry, setUp, signInByLink } from '@touchstone/domain/access/entry.contract';
import type { FastifyInstance } from 'fastify';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve, serveOpenly } from '../http/serve.ts';
import type { AccessNeeds } from './access-needs.ts';
import { headersOf } from './entrance.ts';
import { insertLink, useLinkUp } from './entry-links.queries.ts';
import { hasAnyAdmin, membershipsOf, putMembership } from './memberships.queries.ts';
import { hashOfToken, newToken } from './one-time-token.ts';
import { forgetSecrets, peopleById, personByEmail } from './people.queries.ts';
import { refuseWeakPassword } from './person-calling.ts';

const linkMs = 3_600_000;

/** Coming in for the first time, and by links that programs make. */
export function entryRoutes(app: FastifyInstance, house: House, needs: AccessNeeds): void {
	const { people, signIn, entrance, providers, address } = needs;
	const across = house.postgres.acrossWorkspaces.bind(house.postgres);

	serveOpenly(app, house, readEntry, async () => ({
		needsSetup: !(await across('whether anybody is an admin', hasAnyAdmin)),
		mails: needs.post !== undefined,
		providers: providers.map(({ id, name }) => ({ id, name })),
	}));

	serveOpenly(app, house, setUp, async ({ body, request, reply, record }) => {
		const { email, name, password } = body;
		refuseWeakPassword(password, { email, name });
		const { person, workspace } = await across('the first admin is made', async trx => {
			// Undone with the transaction, so that whatever fails leaves the link good.
			const link = await useLinkUp(trx, 'setup', hashOfToken(body.token), house.now());
			if (!link || (await hasAnyAdmin(trx))) throw new Refusal('link-spent');
			const { workspace } = link;
			const known = await people.ask(kysely => personByEmail(kysely, email));
			// Known only from a set-up that was cut off: nobody belongs anywhere yet.
			if (known) await signIn().setPassword(known.id, password);
			const person =
				known?.id ?? (await signIn().createPerson({ name, email, emailVerified: true, password }));
			await putMembership(trx, { workspace, person, role: 'admin', units: 'all', keptBy: null, by: name });
			return { person, workspace };
		});
		entrance.forget();
		await record(
			{ kind: 'person', id: person, name, workspace },
			{ target: person, to: { role: 'admin', units: 'all' } },
		);
		reply.header('set-cookie', await signIn().enter(person, headersOf(request)));
		return { workspace };
	});

	serve(app, house, createSignInLink, async ({ caller, body, note }) => {
		if (caller.kind !== 'key') throw new Refusal('key-needed');
		const { email, name, forgetPassword } = body;
		const { workspace, name: by } = caller;
		const known = await people.ask(kysely => personByEmail(kysely, email));
		const person = known?.id ?? (await signIn().createPerson({ name, email, emailVerified: false }));
		const { token, hash } = newToken();
		const at = house.now();
		const expiresAt = new Date(at.getTime() + linkMs);
		await across('a program has somebody signed in', async trx => {
			const memberships = await membershipsOf(trx, person);
			if (memberships.some(membership => membership.workspace !== workspace)) {
				throw new Refusal('belongs-elsewhere');
			}
			if (memberships.length === 0) {
				await putMembership(trx, { workspace, person, role: 'admin', units: 'all', keptBy: null, by });
			}
			await insertLink(trx, { kind: 'sign-in', hash, workspace, person, by, at, expiresAt });
		});
		if (forgetPassword) await people.ask(kysely => forgetSecrets(kysely, person));
		entrance.forget();
		note({ target: person, to: { forgetPassword } });
		return { link: `${address()}/enter#${token}`, expiresAt: expiresAt.toISOString() };
	});

	serveOpenly(app, house, signInByLink, async ({ body, request, reply, record }) => {
		const link = await across('somebody uses a sign-in link', async trx => {
			const used = await useLinkUp(trx, 'sign-in', hashOfToken(body.token), house.now());
			if (!used?.person) throw new Refusal('link-spent');
			// A key opens only its own workspace, also when the person has joined another one meanwhile.
			const memberships = await membershipsOf(trx, used.person);
			const stillHere = memberships.length === 1 && memberships[0]?.workspace === used.workspace;
			if (!stillHere) throw new Refusal('link-spent');
			return { person: used.person, workspace: used.workspace };
		});
		const { person, workspace } = link;
		const known = (await people.ask(kysely => peopleById(kysely, [person]))).get(person);
		if (!known) throw new Refusal('link-spent');
		await record({ kind: 'person', id: person, name: known.name, workspace }, { target: person });
		reply.header('set-cookie', await signIn().enter(person, headersOf(request)));
		return { workspace };
	});
}
