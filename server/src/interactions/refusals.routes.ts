import { type RefusalReasonCode, refusalReasons } from '@touchstone/domain/interactions/refusal-reason';
import {
	correctRefusal,
	listRefusalGroups,
	listRefusals,
	replayRefusal,
	replayRefusals,
	type StoredRefusal,
} from '@touchstone/domain/interactions/refusals.contract';
import type { FastifyInstance } from 'fastify';
import type { Scope } from '../database/scope.ts';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import {
	correctPayload,
	type RefusalRow,
	refusalGroups,
	refusalOf,
	refusalsBefore,
	refusalsById,
	waitingRefusals,
} from './refusals.queries.ts';
import type { Replays } from './replay.jobs.ts';

/** What the intake refused: listed, corrected, replayed. */
export function refusalRoutes(app: FastifyInstance, house: House, replays: Replays): void {
	serve(app, house, listRefusalGroups, async ({ caller: { workspace, scope } }) =>
		house.postgres.inWorkspace(scope, async trx => {
			const counts = await refusalGroups(trx, workspace);
			const waiting = await waitingRefusals(trx, workspace);
			const samples = await refusalsById(
				trx,
				workspace,
				waiting.map(group => group.newest),
			);
			return {
				groups: counts.map(({ source, code, count, first_at, last_at }) => {
					const group = waiting.find(other => other.source === source && other.code === code);
					const sample = samples.find(item => item.id === group?.newest);
					return {
						source,
						code,
						meaning: isReasonCode(code) ? refusalReasons[code] : '',
						count,
						waiting: group?.waiting ?? 0,
						firstAt: first_at.toISOString(),
						lastAt: last_at.toISOString(),
						sample: sample ? shown(sample) : null,
					};
				}),
			};
		}),
	);

	serve(app, house, listRefusals, async ({ caller: { workspace, scope }, query }) => {
		const { limit, cursor, ...filter } = query;
		const rows = await house.postgres.inWorkspace(scope, trx =>
			refusalsBefore(trx, workspace, filter, beforeOf(cursor), limit + 1),
		);
		const items = rows.slice(0, limit);
		return {
			items: items.map(shown),
			limit,
			nextCursor: rows.length > limit ? String(items.at(-1)?.id) : null,
		};
	});

	serve(app, house, correctRefusal, async ({ caller: { workspace, scope }, params, body }) =>
		house.postgres.inWorkspace(scope, async trx => {
			const id = Number(params.id);
			const refusal = found(await refusalOf(trx, workspace, id));
			if (refusal.replayed_at !== null) throw new Refusal('refusal-not-replayable');
			const payload = JSON.stringify(body.payload).toWellFormed().replaceAll('\u0000', '\ufffd');
			await correctPayload(trx, workspace, id, payload);
			return shown({ ...refusal, payload, truncated: false });
		}),
	);

	serve(app, house, replayRefusal, async ({ caller: { workspace, scope }, params }) => {
		const refusal = found(await readRefusal(scope, Number(params.id)));
		const answer = await replays.these(workspace, [refusal]);
		if (answer.notReplayable > 0) throw new Refusal('refusal-not-replayable');
		return answer;
	});

	serve(app, house, replayRefusals, async ({ caller: { workspace }, body, note }) => {
		const answer = await replays.all(workspace, body);
		note({ target: [body.code, body.source ?? ''].join(' ').trim(), to: answer });
		return answer;
	});

	function readRefusal(scope: Scope, id: number): Promise<RefusalRow | undefined> {
		return house.postgres.inWorkspace(scope, trx => refusalOf(trx, scope.workspace, id));
	}
}

function found(refusal: RefusalRow | undefined): RefusalRow {
	if (refusal) return refusal;
	throw new Refusal('not-found', 'No refused item has this id; it may have expired.');
}

function beforeOf(cursor: string | undefined): number | undefined {
	if (cursor === undefined) return undefined;
	if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
	throw new Refusal('request-invalid', undefined, {
		invalidParams: [{ name: 'query.cursor', reason: 'must be the nextCursor of an earlier page' }],
	});
}

function isReasonCode(code: string): code is RefusalReasonCode {
	return Object.hasOwn(refusalReasons, code);
}

function shown(row: RefusalRow): StoredRefusal {
	return {
		id: String(row.id),
		at: row.at.toISOString(),
		source: row.source,
		route: row.route,
		code: row.code,
		detail: row.detail,
		payload: row.payload,
		truncated: row.truncated,
		replayedAt: row.replayed_at?.toISOString() ?? null,
		expiresAt: row.expires_at.toISOString(),
	};
}
