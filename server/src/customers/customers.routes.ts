import { eraseCustomers } from '@touchstone/domain/customers/erasure.contract';
import { knownPerson, type PersonKey } from '@touchstone/domain/customers/person';
import {
	liftSuppression,
	listSuppressions,
	readSuppression,
	suppressCustomer,
} from '@touchstone/domain/customers/suppression.contract';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { FastifyInstance } from 'fastify';
import type { Transaction } from 'kysely';
import type { Database } from '../database/postgres-schema.ts';
import type { Scope } from '../database/scope.ts';
import type { House, Room } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import type { ErasureRequest } from './erase-customers.jobs.ts';
import type { Identities } from './identity.jobs.ts';
import { linksOf } from './identity-links.queries.ts';
import {
	keepSuppression,
	removeSuppression,
	type SuppressionRow,
	suppressionOf,
	suppressionsAfter,
} from './suppression.queries.ts';
import type { Suppressions } from './suppressions.jobs.ts';

export type CustomersNeeds = {
	readonly identities: Identities;
	readonly suppressions: Suppressions;
	/** Has customers erased in the background; answers the job people can follow. */
	readonly eraseLater: (workspace: WorkspaceId, request: ErasureRequest, author: string) => Promise<string>;
};

/** Who customers are: suppression, erasure, and in the background the joining of identities. */
export function customersRoom(house: House, needs: CustomersNeeds): Room {
	return {
		name: 'customers',
		routes: app => suppressionRoutes(app, house, needs),
		start: async () => needs.identities.start(),
	};
}

function suppressionRoutes(app: FastifyInstance, house: House, needs: CustomersNeeds): void {
	const { suppressions, eraseLater } = needs;

	serve(app, house, listSuppressions, async ({ caller: { workspace, scope }, query: { limit, cursor } }) => {
		const rows = await inside(scope, trx => suppressionsAfter(trx, workspace, cursor ?? '', limit + 1));
		const items = rows.slice(0, limit);
		return {
			items: items.map(shown),
			limit,
			nextCursor: rows.length > limit ? (items.at(-1)?.person ?? null) : null,
		};
	});

	serve(app, house, suppressCustomer, async ({ caller: { workspace, scope }, params, body, note }) => {
		const row = await inside(scope, async trx =>
			keepSuppression(trx, workspace, await rootOf(trx, workspace, params.customer), body.reason),
		);
		await suppressions.refresh(workspace);
		note({ to: { suppressed: true, reason: body.reason } });
		return shown(row);
	});

	serve(app, house, readSuppression, async ({ caller: { workspace, scope }, params }) => {
		const row = await inside(scope, async trx =>
			suppressionOf(trx, workspace, await rootOf(trx, workspace, params.customer)),
		);
		if (!row) throw notSuppressed(params.customer);
		return shown(row);
	});

	serve(app, house, liftSuppression, async ({ caller: { workspace, scope }, params }) => {
		const lifted = await inside(scope, async trx =>
			removeSuppression(trx, workspace, await rootOf(trx, workspace, params.customer)),
		);
		if (!lifted) throw notSuppressed(params.customer);
		await suppressions.refresh(workspace);
		return undefined;
	});

	serve(app, house, eraseCustomers, async ({ caller, body, note }) => {
		if (body.customers.length + body.anonymousIds.length === 0) {
			throw new Refusal('request-invalid', undefined, {
				invalidParams: [{ name: 'customers', reason: 'name at least one customer or anonymous id' }],
			});
		}
		const job = await eraseLater(caller.workspace, body, caller.name);
		const { customers, anonymousIds, reason, suppress } = body;
		note({ target: [...customers, ...anonymousIds].join(' '), to: { job, reason, suppress } });
		return { job };
	});

	function inside<T>(scope: Scope, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
		return house.postgres.inWorkspace(scope, work);
	}
}

/** A suppression holds for the one person all ids belong to. */
async function rootOf(
	trx: Transaction<Database>,
	workspace: WorkspaceId,
	customer: string,
): Promise<PersonKey> {
	const person = knownPerson(customer);
	return (await linksOf(trx, workspace, [person])).get(person) ?? person;
}

function notSuppressed(customer: string): Refusal {
	return new Refusal('not-found', `The customer ${customer} is not suppressed.`);
}

function shown(row: SuppressionRow) {
	return {
		customer: row.person.slice(row.person.indexOf(':') + 1),
		reason: row.reason,
		at: row.at.toISOString(),
	};
}
