import { setTimeout as wait } from 'node:timers/promises';
import type { ColumnsDoor } from '@touchstone/server/database/columns-door';
import { z } from 'zod';

/** Resolves when the engine has merged nothing for five seconds. */
export async function mergesSettled(columns: ColumnsDoor): Promise<void> {
	for (let quiet = 0; quiet < 5; await wait(1_000)) {
		const [merges] = await columns.house.rows({
			sql: 'SELECT count() AS n FROM system.merges',
			row: z.object({ n: z.coerce.number() }),
		});
		quiet = merges?.n === 0 ? quiet + 1 : 0;
	}
}
