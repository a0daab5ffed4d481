import {
	askForNewPassword,
	chooseNewPassword,
	readNewPasswordLink,
} from '@touchstone/domain/access/new-password.contract';
import type { FastifyInstance } from 'fastify';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serveOpenly } from '../http/serve.ts';
import type { AccessNeeds } from './access-needs.ts';
import { headersOf } from './entrance.ts';
import {
	type EntryLink,
	endNewPasswordLinks,
	insertLink,
	newPasswordLinksSince,
	readLink,
	useLinkUp,
} from './entry-links.queries.ts';
import { membershipsOf } from './memberships.queries.ts';
import { hashOfToken, newToken } from './one-time-token.ts';
import { deleteSessions, type KnownPerson, peopleById, personByEmail } from './people.queries.ts';
import { refuseWeakPassword } from './person-calling.ts';
import type { Post } from './post.mail.ts';

const linkMs = 3_600_000;
const mostLinks = 3;

/** Choosing a new password by a link in a mail, for whoever has lost theirs. */
export function newPasswordRoutes(app: FastifyInstance, house: House, needs: AccessNeeds): void {
	const { people, signIn, entrance, post, address } = needs;
	const across = house.postgres.acrossWorkspaces.bind(house.postgres);

	serveOpenly(app, house, askForNewPassword, ({ body }) => {
		if (!post) throw new Refusal('no-mail');
		// Nobody waits for it: how long the answer takes must not tell whether somebody has an account either.
		mailLink(post, body.email).catch((error: unknown) =>
			house.log.warn({ err: error }, 'a link for a new password could not be mailed'),
		);
		return undefined;
	});

	serveOpenly(app, house, readNewPasswordLink, async ({ body }) => {
		const hash = hashOfToken(body.token);
		const link = await across('somebody reads a link for a new password', trx =>
			readLink(trx, 'new-password', hash, house.now()),
		);
		const { email, name } = await holderOf(link);
		return { email, name };
	});

	serveOpenly(app, house, chooseNewPassword, async ({ body, request, reply, record }) => {
		const hash = hashOfToken(body.token);
		const { person, workspaces } = await across('somebody chooses a new password', async trx => {
			// Held until the end: of two who choose at once the second finds it spent; and whatever fails leaves it good.
			const person = await holderOf(await useLinkUp(trx, 'new-password', hash, house.now()));
			refuseWeakPassword(body.password, person);
			const memberships = await membershipsOf(trx, person.id);
			if (memberships.length === 0) throw new Refusal('link-spent');
			await endNewPasswordLinks(trx, person.id, house.now());
			await signIn().setPassword(person.id, body.password);
			await people.ask(kysely => deleteSessions(kysely, person.id));
			return { person, workspaces: memberships.map(({ workspace }) => workspace) };
		});
		const { id, name } = person;
		entrance.forget();
		for (const workspace of workspaces) await record({ kind: 'person', id, name, workspace }, { target: id });
		if (person.twoFactor) return { signedIn: false };
		reply.header('set-cookie', await signIn().enter(id, headersOf(request)));
		return { signedIn: true };
	});

	/** To somebody with a password only: who comes by a provider is let in or kept out there. */
	async function mailLink(by: Post, email: string): Promise<void> {
		const known = await people.ask(kysely => personByEmail(kysely, email));
		if (!known?.hasPassword) return;
		const now = house.now();
		const { token, hash } = newToken();
		const made = await across('somebody has lost their password', async trx => {
			const [first] = await membershipsOf(trx, known.id);
			if (!first) return false;
			const lately = await newPasswordLinksSince(trx, known.id, new Date(now.getTime() - linkMs));
			if (lately >= mostLinks) return false;
			const expiresAt = new Date(now.getTime() + linkMs);
			await insertLink(trx, {
				kind: 'new-password',
				hash,
				workspace: first.workspace,
				person: known.id,
				by: known.id,
				at: now,
				expiresAt,
			});
			return true;
		});
		if (made) await by.newPassword({ email, link: `${address()}/new-password#${token}` });
	}

	/** @throws Refusal when the link is not good, or nobody is behind it any more */
	async function holderOf(link: EntryLink | undefined): Promise<KnownPerson> {
		const id = link?.person;
		const person = id ? (await people.ask(kysely => peopleById(kysely, [id]))).get(id) : undefined;
		if (!person) throw new Refusal('link-spent');
		return person;
	}
}
