import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { type ExpressionBuilder, sql, type Transaction } from 'kysely';
import type { Database, EntryLinksTable } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

type LinkKind = EntryLinksTable['kind'];

export type EntryLink = { readonly workspace: WorkspaceId; readonly person: string | null };

/** Makes the link by which the first admin is made; earlier ones end. Across workspaces. */
export async function replaceSetupLink(
	trx: Inside,
	link: { readonly hash: Buffer; readonly workspace: WorkspaceId },
): Promise<void> {
	await trx.deleteFrom('entry_links').where('kind', '=', 'setup').execute();
	await trx
		.insertInto('entry_links')
		.values({ ...link, kind: 'setup', created_by: 'installation' })
		.execute();
}

/** Makes a link for somebody, by which they sign in or choose a new password, once. Across workspaces. */
export async function insertLink(
	trx: Inside,
	link: {
		readonly kind: 'sign-in' | 'new-password';
		readonly hash: Buffer;
		/** The one a sign-in link is for; of a link for a new password one of theirs, for the password is the person's. */
		readonly workspace: WorkspaceId;
		readonly person: string;
		readonly by: string;
		readonly at: Date;
		readonly expiresAt: Date;
	},
): Promise<void> {
	const { by, at, expiresAt, ...rest } = link;
	await trx
		.insertInto('entry_links')
		.values({ ...rest, created_by: by, created_at: at, expires_at: expiresAt })
		.execute();
}

/** How many links for a new password were made for somebody since then. Others who ask at once wait. Across workspaces. */
export async function newPasswordLinksSince(trx: Inside, person: string, since: Date): Promise<number> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`new password of ${person}`}, 0))`.execute(trx);
	const { links } = await trx
		.selectFrom('entry_links')
		.select(({ fn }) => fn.countAll<string>().as('links'))
		.where('kind', '=', 'new-password')
		.where('person', '=', person)
		.where('created_at', '>', since)
		.executeTakeFirstOrThrow();
	return Number(links);
}

/** Ends every link for a new password that somebody still has. Across workspaces. */
export async function endNewPasswordLinks(trx: Inside, person: string, at: Date): Promise<void> {
	await trx
		.updateTable('entry_links')
		.set({ used_at: at })
		.where('kind', '=', 'new-password')
		.where('person', '=', person)
		.where('used_at', 'is', null)
		.execute();
}

/** What a link is for, left as it is; undefined when it is not good any more. Across workspaces. */
export async function readLink(
	trx: Inside,
	kind: LinkKind,
	hash: Buffer,
	at: Date,
): Promise<EntryLink | undefined> {
	return await trx
		.selectFrom('entry_links')
		.select(['workspace', 'person'])
		.where(isGood(kind, hash, at))
		.executeTakeFirst();
}

/**
 * Uses a link up: of two who try at once, one succeeds. Undone when the transaction is. Across workspaces.
 *
 * @returns what it was for, or undefined when it is not good any more
 */
export async function useLinkUp(
	trx: Inside,
	kind: LinkKind,
	hash: Buffer,
	at: Date,
): Promise<EntryLink | undefined> {
	return await trx
		.updateTable('entry_links')
		.set({ used_at: at })
		.where(isGood(kind, hash, at))
		.returning(['workspace', 'person'])
		.executeTakeFirst();
}

function isGood(kind: LinkKind, hash: Buffer, at: Date) {
	return ({ eb, and, or }: ExpressionBuilder<Database, 'entry_links'>) =>
		and([
			eb('hash', '=', hash),
			eb('kind', '=', kind),
			eb('used_at', 'is', null),
			or([eb('expires_at', 'is', null), eb('expires_at', '>', at)]),
		]);
}
