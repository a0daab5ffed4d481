import { Readable } from 'node:stream';
import { type AuditFilter, exportAudit, searchAudit } from '@touchstone/domain/access/audit.contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Scope } from '../database/scope.ts';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { type AuditRow, auditEntries } from './audit-log.queries.ts';

const exportedAtOnce = 5_000;
const mostExported = 1_000_000;

/** The audit log, for admins: searched, and taken along as CSV. */
export function auditLogRoutes(app: FastifyInstance, house: House): void {
	const entries = (scope: Scope, filter: AuditFilter, before: number | undefined, limit: number) =>
		house.postgres.inWorkspace(scope, trx => auditEntries(trx, scope.workspace, filter, { before, limit }));

	serve(app, house, searchAudit, async ({ caller: { scope }, query }) => {
		const { limit, cursor, ...filter } = query;
		const rows = await entries(scope, filter, beforeOf(cursor), limit + 1);
		const items = rows.slice(0, limit);
		return {
			items: items.map(shown),
			limit,
			nextCursor: rows.length > limit ? String(items.at(-1)?.id) : null,
		};
	});

	serve(app, house, exportAudit, async ({ caller: { scope }, query, reply }) => {
		async function* lines() {
			yield csvLine(columns);
			let before: number | undefined;
			for (let exported = 0; exported < mostExported; exported += exportedAtOnce) {
				const rows = await entries(scope, query, before, exportedAtOnce);
				for (const row of rows) yield csvLine(cells(row));
				before = rows.at(-1)?.id;
				if (rows.length < exportedAtOnce) return;
			}
		}
		reply
			.type('text/csv; charset=utf-8')
			.header('cache-control', 'private, no-store')
			.header('content-disposition', 'attachment; filename="audit-log.csv"');
		await reply.send(Readable.from(lines()));
		return '';
	});
}

const columns = [
	'id',
	'at',
	'kind',
	'what',
	'target',
	'who',
	'who kind',
	'who name',
	'from',
	'to',
	'request',
];

function cells(row: AuditRow): string[] {
	return [
		String(row.id),
		row.at.toISOString(),
		row.kind,
		row.what,
		row.target,
		row.who,
		row.who_kind,
		row.who_name,
		row.stood_before === null ? '' : JSON.stringify(row.stood_before),
		row.stands_after === null ? '' : JSON.stringify(row.stands_after),
		row.request,
	];
}

/** One line of CSV (RFC 4180). What a spreadsheet would take for a formula is given as text. */
function csvLine(values: readonly string[]): string {
	return `${values
		.map(value => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value))
		.map(value => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
		.join(',')}\r\n`;
}

function beforeOf(cursor: string | undefined): number | undefined {
	if (cursor === undefined) return undefined;
	if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
	throw new Refusal('request-invalid', undefined, {
		invalidParams: [{ name: 'query.cursor', reason: 'must be the nextCursor of an earlier page' }],
	});
}

function shown(row: AuditRow) {
	return {
		id: String(row.id),
		at: row.at.toISOString(),
		who: { kind: row.who_kind, id: row.who, name: row.who_name },
		what: row.what,
		kind: row.kind,
		target: row.target,
		from: json.parse(row.stood_before),
		to: json.parse(row.stands_after),
		requestId: row.request,
	};
}

const json = z.json().nullable();
