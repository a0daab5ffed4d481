import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../database/testing/embedded-postgres.ts';
import { makeFirstAdminKey } from './first-admin-key.queries.ts';

const main = workspaceIdSchema.parse('main');
let postgres: EmbeddedPostgres;
beforeAll(async () => {
	postgres = await startEmbeddedPostgres();
});
afterAll(() => postgres?.close());

test('a start that is cut off before the first key was handed over leaves none behind, and the next makes it', async () => {
	const cutOff = makeFirstAdminKey(postgres.door, main, async () => {
		throw new Error('the disk is full');
	});
	await expect(cutOff).rejects.toThrow('the disk is full');
	const handed: string[] = [];
	const handOver = async (key: string) => {
		handed.push(key);
	};
	await makeFirstAdminKey(postgres.door, main, handOver);
	expect(handed).toEqual([expect.stringMatching(/^ts_admin_/)]);
	await makeFirstAdminKey(postgres.door, main, handOver);
	expect(handed).toHaveLength(1);
});
