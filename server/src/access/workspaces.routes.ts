import { createWorkspace, listWorkspaces } from '@touchstone/domain/access/workspaces.contract';
import type { FastifyInstance } from 'fastify';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import type { AccessNeeds } from './access-needs.ts';
import { putMembership } from './memberships.queries.ts';
import { personCalling } from './person-calling.ts';
import { ensureWorkspace, workspacesById } from './workspaces.queries.ts';

/** The workspaces of an installation, as far as one belongs to them. */
export function workspaceRoutes(app: FastifyInstance, house: House, { entrance }: AccessNeeds): void {
	serve(app, house, listWorkspaces, async ({ caller }) => {
		const memberships = caller.kind === 'person' ? await entrance.membershipsOf(caller.id) : [];
		const ids = caller.kind === 'person' ? memberships.map(({ workspace }) => workspace) : [caller.workspace];
		const rows = await house.postgres.acrossWorkspaces('the workspaces somebody belongs to', trx =>
			workspacesById(trx, ids),
		);
		return {
			items: rows.map(({ id, name, createdAt }) => ({
				id,
				name,
				createdAt: createdAt.toISOString(),
				role: memberships.find(({ workspace }) => workspace === id)?.role ?? null,
			})),
		};
	});

	serve(app, house, createWorkspace, async ({ caller, body, note }) => {
		const { id: person, name: by } = personCalling(caller);
		const { id, name } = body;
		const made = await house.postgres.acrossWorkspaces('somebody makes a workspace', async trx => {
			if (!(await ensureWorkspace(trx, { id, name }))) throw new Refusal('workspace-exists');
			await putMembership(trx, { workspace: id, person, role: 'admin', units: 'all', keptBy: null, by });
			return (await workspacesById(trx, [id]))[0];
		});
		entrance.forget();
		note({ target: id, to: { name } });
		return { id, name, createdAt: (made?.createdAt ?? house.now()).toISOString(), role: 'admin' as const };
	});
}
