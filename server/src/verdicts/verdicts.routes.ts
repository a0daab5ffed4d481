import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { unitsBelow } from '@touchstone/domain/owners/units-below';
import type { Occasion } from '@touchstone/domain/verdicts/verdicts.contract';
import {
	judgeAgain,
	listVerdicts,
	previewRule,
	readJudgement,
} from '@touchstone/domain/verdicts/verdicts.contract';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House, Room } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { keepForgettingErased } from './forget-erased.jobs.ts';
import type { Judge } from './judge.jobs.ts';
import { occasionsOf, previewOf } from './occasions.queries.ts';

/** The occasions with their evidence, the preview of a rule, and the state of the judge. */
export function verdictsRoom(
	house: House,
	definitions: DefinitionsInForce,
	judge: Judge,
	jobs: {
		/** Has a promise, or all, judged again; answers the job. */
		readonly judgeAgain: (workspace: WorkspaceId, promise: string | null) => Promise<string>;
		/** The judgements of promises that wait or are under way. */
		readonly underWay: (workspace: WorkspaceId) => Promise<readonly string[]>;
	},
): Room {
	return {
		name: 'verdicts',
		routes(app) {
			serve(app, house, listVerdicts, async ({ caller, query }) => {
				const { unit, cursor, ...question } = query;
				const { units } = (await definitions.of(caller.workspace)).definitions;
				const occasions = await occasionsOf(house.columns.forScope(caller.scope), {
					...question,
					...(unit ? { units: unitsBelow(units, unit) } : {}),
					...(cursor ? { after: readCursor(cursor) } : {}),
					limit: query.limit + 1,
				});
				const items = occasions.slice(0, query.limit);
				const last = items.at(-1);
				return {
					items,
					limit: query.limit,
					nextCursor: occasions.length > items.length && last ? writeCursor(last) : null,
				};
			});
			serve(app, house, previewRule, ({ caller, body }) =>
				previewOf(house.columns.forScope(caller.scope), caller.workspace, body.rule, house.now()),
			);
			serve(app, house, readJudgement, async ({ caller }) => {
				const underWay = await jobs.underWay(caller.workspace);
				return {
					settled: underWay.length === 0 && (await judge.settled(caller.workspace)),
					underWay: [...underWay],
				};
			});
			serve(app, house, judgeAgain, async ({ caller, body, note }) => {
				const job = await jobs.judgeAgain(caller.workspace, body.promise ?? null);
				note({ target: body.promise ?? 'all', to: { job } });
				return { job };
			});
		},
		async start() {
			const stops = [judge.start(), keepForgettingErased(house)];
			return async () => {
				for (const stop of stops) await stop();
			};
		},
	};
}

function writeCursor({ time, occasion }: Occasion): string {
	return Buffer.from(JSON.stringify([Date.parse(time), occasion])).toString('base64url');
}

function readCursor(cursor: string): { time: number; occasion: string } {
	const [time, occasion] = parsed(cursor);
	if (typeof time === 'number' && typeof occasion === 'string') return { time, occasion };
	throw new Refusal('request-invalid', undefined, {
		invalidParams: [{ name: 'query.cursor', reason: 'must be the nextCursor of an earlier answer' }],
	});
}

function parsed(cursor: string): readonly unknown[] {
	try {
		const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
		return Array.isArray(value) ? value : [];
	} catch {
		return [];
	}
}
