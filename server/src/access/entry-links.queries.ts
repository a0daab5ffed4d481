import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

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

/** Makes a link that signs somebody in once. */
export async function insertSignInLink(
	trx: Inside,
	link: {
		readonly hash: Buffer;
		readonly workspace: WorkspaceId;
		readonly person: string;
		readonly by: string;
		readonly expiresAt: Date;
	},
): Promise<void> {
	const { hash, workspace, person, by, expiresAt } = link;
	await trx
		.insertInto('entry_links')
		.values({ hash, kind: 'sign-in', workspace, person, created_by: by, expires_at: expiresAt })
		.execute();
}

/**
 * Uses a link up: of two who try at once, one succeeds. Undone when the transaction is. Across workspaces.
 *
 * @returns what it was for, or undefined when it is not good any more
 */
export async function useLinkUp(
	trx: Inside,
	kind: 'setup' | 'sign-in',
	hash: Buffer,
	at: Date,
): Promise<EntryLink | undefined> {
	return await trx
		.updateTable('entry_links')
		.set({ used_at: at })
		.where('hash', '=', hash)
		.where('kind', '=', kind)
		.where('used_at', 'is', null)
		.where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', at)]))
		.returning(['workspace', 'person'])
		.executeTakeFirst();
}
