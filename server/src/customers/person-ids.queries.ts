import type { PersonKey } from '@touchstone/domain/customers/person';
import { personShownAs } from '@touchstone/domain/customers/shown-person';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';
import { linksOf, membersOf } from './identity-links.queries.ts';

/** Somebody under every id they are known by. */
export type KnownPerson = {
	readonly person: PersonKey;
	/** Ids that turned out to be theirs; rows sent under these move to the person a moment after they arrive. */
	readonly aliases: readonly PersonKey[];
};

/** Who a shown id means, whichever of a person's ids it is. */
export async function knownAs(
	trx: Transaction<Database>,
	workspace: WorkspaceId,
	shown: string,
): Promise<KnownPerson> {
	const named = personShownAs(shown);
	const person = (await linksOf(trx, workspace, [named])).get(named) ?? named;
	return { person, aliases: [...(await membersOf(trx, workspace, [person])).keys()] };
}
