import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { PostgresDoor } from '../database/postgres-door.ts';
import type { Database } from '../database/postgres-schema.ts';
import { appendToAuditLog } from './audit-log.queries.ts';
import { holdInvitationsOf, markAccepted } from './invitations.queries.ts';
import {
	holdAdmins,
	holdMembership,
	membershipsOf,
	putMembership,
	removeMembership,
} from './memberships.queries.ts';
import { placeByGroups } from './providers.ts';
import type { Arriving, Doorkeeper } from './sign-in.ts';
import { workspaceById } from './workspaces.queries.ts';

/**
 * Decides about people who come by a provider: their groups give them a place, and keep it up to date every time they sign in;
 * open invitations of their address are accepted, where the provider vouches for the address. Whoever has neither stays out.
 */
export function openDoorkeeper(options: {
	readonly postgres: PostgresDoor;
	readonly now: () => Date;
	readonly log: Logger;
	/** Called when memberships have changed. */
	readonly changed: () => void;
}): Doorkeeper {
	const { postgres, now, log, changed } = options;

	const across = <T>(work: (trx: Transaction<Database>) => Promise<T>) =>
		postgres.acrossWorkspaces('somebody signs in by a provider', work);

	const give = async (arriving: Arriving, person: string): Promise<void> => {
		await across(async trx => {
			await followGroups(trx, arriving, person);
			if (arriving.emailVerified) await acceptInvitations(trx, arriving, person);
		});
		changed();
	};

	const followGroups = async (trx: Transaction<Database>, arriving: Arriving, person: string) => {
		const { provider, claims } = arriving;
		if (provider.roles.length === 0) return;
		const { workspace } = provider;
		if (!(await workspaceById(trx, workspace))) {
			log.warn(
				{ provider: provider.id, workspace },
				'a provider gives places in a workspace that does not exist',
			);
			return;
		}
		const place = placeByGroups(provider, claims);
		const admins = await holdAdmins(trx, workspace);
		const held = await holdMembership(trx, workspace, person);
		// What an admin decided stands.
		if (held && held.keptBy !== provider.id) return;
		const before = held ? { role: held.role, units: held.units } : null;
		if (JSON.stringify(before) === JSON.stringify(place ?? null)) return;
		if (place?.role !== 'admin' && admins.length === 1 && admins[0] === person) {
			log.warn({ provider: provider.id, workspace }, 'the last admin stays one, whatever the groups say');
			return;
		}
		if (place)
			await putMembership(trx, { workspace, person, ...place, keptBy: provider.id, by: provider.name });
		else await removeMembership(trx, workspace, person);
		await record(trx, arriving, person, workspace, before, place ?? null);
	};

	const acceptInvitations = async (trx: Transaction<Database>, arriving: Arriving, person: string) => {
		for (const invitation of await holdInvitationsOf(trx, arriving.email, now())) {
			const { workspace, role, units, createdBy } = invitation;
			await markAccepted(trx, invitation.id, now());
			if (await holdMembership(trx, workspace, person)) continue;
			await putMembership(trx, { workspace, person, role, units, keptBy: null, by: createdBy });
			await record(trx, arriving, person, workspace, null, { role, units });
		}
	};

	const record = (
		trx: Transaction<Database>,
		{ provider, name }: Arriving,
		person: string,
		workspace: WorkspaceId,
		from: PlaceNote,
		to: PlaceNote,
	) =>
		appendToAuditLog(trx, {
			who: { kind: 'person', id: person, name, workspace },
			what: 'signInByProvider',
			kind: 'change',
			note: { target: `${person} ${provider.id}`, from, to },
			request: '',
			at: now(),
		});

	return {
		async admits(arriving) {
			const { person } = arriving;
			if (person === null) {
				if (placeByGroups(arriving.provider, arriving.claims)) return true;
				if (!arriving.emailVerified) return false;
				return (await across(trx => holdInvitationsOf(trx, arriving.email, now()))).length > 0;
			}
			await give(arriving, person);
			return (await across(trx => membershipsOf(trx, person))).length > 0;
		},
		welcomes: give,
	};
}

type PlaceNote = { readonly role: string; readonly units: 'all' | readonly string[] } | null;
