import { because } from '@touchstone/domain/interactions/refusal-reason';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { z } from 'zod';
import type { LogTable } from './group-commit.ts';
import type { Refused } from './refusal-book.queries.ts';

const lineSchema = z.tuple([workspaceIdSchema, z.string()], z.unknown());

/**
 * An accepted row that the store found fault with although it passed every check, as something refused: its columns by name, and
 * who it was as senders say it, so that an erasure finds it.
 * @param line without its batch
 */
export function refusedLine(table: LogTable, line: string, error: unknown, now: Date): Refused {
	const [workspace, person, ...rest] = lineSchema.parse(JSON.parse(`[${line}`));
	const names = table.columns.slice(3);
	const row = Object.fromEntries(rest.map((value, index) => [names[index] ?? '', value]));
	const colon = person.indexOf(':');
	const who = { [person.startsWith('anon:') ? 'anonymousId' : 'customer']: person.slice(colon + 1) };
	return {
		workspace,
		at: now,
		source: typeof row.source === 'string' ? row.source : '',
		route: `/v1/${table.name}`,
		reasons: [because('not-storable', '', error instanceof Error ? error.message : String(error))],
		payload: JSON.stringify({ ...who, ...row }),
	};
}
