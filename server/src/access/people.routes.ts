import type { Place } from '@touchstone/domain/access/membership';
import { changePerson, listPeople, removePerson } from '@touchstone/domain/access/people.contract';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { FastifyInstance } from 'fastify';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import type { AccessNeeds } from './access-needs.ts';
import {
	holdAdmins,
	holdMembership,
	type Membership,
	membershipsOf,
	membersOf,
	putMembership,
	removeMembership,
} from './memberships.queries.ts';
import { forgetPerson, type KnownPerson, peopleById } from './people.queries.ts';

/** The people of a workspace: seen, given other roles and units, and removed by its admins. */
export function peopleRoutes(app: FastifyInstance, house: House, needs: AccessNeeds): void {
	const { people, entrance } = needs;

	serve(app, house, listPeople, async ({ caller: { workspace, scope } }) => {
		const members = await house.postgres.inWorkspace(scope, trx => membersOf(trx, workspace));
		const known = await people.ask(kysely =>
			peopleById(
				kysely,
				members.map(member => member.person),
			),
		);
		return { items: members.map(member => shown(member, known.get(member.person))) };
	});

	serve(app, house, changePerson, async ({ caller, params: { person }, body, note }) => {
		const { workspace, scope, name } = caller;
		await refuseUnknownUnits(needs, workspace, body);
		const changed = await house.postgres.inWorkspace(scope, async trx => {
			const admins = await holdAdmins(trx, workspace);
			const held = await holdMembership(trx, workspace, person);
			if (!held) throw nobody(person);
			if (held.keptBy !== null) throw new Refusal('kept-by-provider');
			if (body.role !== 'admin') refuseLastAdmin(admins, person);
			await putMembership(trx, { workspace, person, ...body, keptBy: null, by: name });
			note({ from: placeOf(held), to: body });
			return { ...held, ...body };
		});
		entrance.forget();
		const known = await people.ask(kysely => peopleById(kysely, [person]));
		return shown(changed, known.get(person));
	});

	serve(app, house, removePerson, async ({ caller: { workspace, scope }, params: { person }, note }) => {
		await house.postgres.inWorkspace(scope, async trx => {
			const admins = await holdAdmins(trx, workspace);
			const held = await holdMembership(trx, workspace, person);
			if (!held) throw nobody(person);
			refuseLastAdmin(admins, person);
			await removeMembership(trx, workspace, person);
			note({ from: placeOf(held), to: null });
		});
		const others = await house.postgres.acrossWorkspaces('whether somebody belongs anywhere else', trx =>
			membershipsOf(trx, person),
		);
		if (others.length === 0) await people.ask(kysely => forgetPerson(kysely, person));
		entrance.forget();
		return undefined;
	});
}

/** @throws Refusal when somebody would be given a unit that is not defined */
export async function refuseUnknownUnits(
	{ definitions }: Pick<AccessNeeds, 'definitions'>,
	workspace: WorkspaceId,
	{ units }: Place,
): Promise<void> {
	if (units === 'all') return;
	const defined = (await definitions.of(workspace)).definitions.units.map(unit => unit.id);
	const unknown = units.filter(unit => !defined.includes(unit));
	if (unknown.length === 0) return;
	throw new Refusal('request-invalid', undefined, {
		invalidParams: unknown.map(unit => ({ name: 'units', reason: `there is no unit "${unit}"` })),
	});
}

/** A place as the audit log says it. */
export function placeOf({ role, units }: Place) {
	return { role, units };
}

function refuseLastAdmin(admins: readonly string[], person: string): void {
	if (admins.length === 1 && admins[0] === person) throw new Refusal('last-admin');
}

function nobody(person: string): Refusal {
	return new Refusal('not-found', `Nobody with the id ${person} belongs to this workspace.`);
}

function shown(member: Membership, known: KnownPerson | undefined) {
	return {
		id: member.person,
		name: known?.name ?? '',
		email: known?.email ?? '',
		role: member.role,
		units: member.units === 'all' ? ('all' as const) : [...member.units],
		twoFactor: known?.twoFactor ?? false,
		memberSince: member.since.toISOString(),
		keptBy: member.keptBy,
	};
}
