import type { ApiKey } from '@touchstone/domain/access/api-key';
import { createKey, listKeys, revokeKey } from '@touchstone/domain/access/api-keys.contract';
import type { House, Room } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.queries.ts';

/** Keys for programs: made, listed and ended by those who hold an admin key. */
export function apiKeysRoom(house: House): Room {
	return {
		name: 'access',
		routes(app) {
			serve(app, house, listKeys, async ({ caller: { workspace, scope } }) => {
				const keys = await house.postgres.inWorkspace(scope, trx => listApiKeys(trx, workspace));
				return { items: keys.map(shown) };
			});
			serve(app, house, createKey, async ({ caller: { workspace, scope, name }, body, note }) => {
				const made = await house.postgres.inWorkspace(scope, trx =>
					createApiKey(trx, { workspace, ...body, createdBy: name }),
				);
				note({ target: made.key.id, to: body });
				return { key: shown(made.key), text: made.text };
			});
			serve(app, house, revokeKey, async ({ caller: { workspace, scope }, params: { id } }) => {
				const key = await house.postgres.inWorkspace(scope, trx =>
					revokeApiKey(trx, workspace, id, house.now()),
				);
				if (!key) throw new Refusal('not-found', `There is no key ${id}.`);
				return shown(key);
			});
		},
	};
}

function shown({ id, name, scope, prefix, createdAt, createdBy, lastUsedAt, revokedAt }: ApiKey) {
	return {
		id,
		name,
		scope,
		prefix,
		createdAt: createdAt.toISOString(),
		createdBy,
		lastUsedAt: lastUsedAt?.toISOString() ?? null,
		revokedAt: revokedAt?.toISOString() ?? null,
	};
}
