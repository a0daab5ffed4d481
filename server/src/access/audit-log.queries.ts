import type { AuditFilter } from '@touchstone/domain/access/audit.contract';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import { type Selectable, sql, type Transaction } from 'kysely';
import type { AuditLogTable, Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

/** A value that can be written as JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What an entry says beside who, when and which operation. Ids of customers may stand here; what customers said or did may not. */
export type AuditNote = {
	/** What it was done to; left out, the ids in the address. */
	readonly target?: string;
	readonly from?: Json;
	readonly to?: Json;
};

/** Whom an entry names. */
export type AuditedAs = {
	readonly kind: 'person' | 'key';
	readonly id: string;
	readonly name: string;
	readonly workspace: WorkspaceId;
};

export type AuditRow = Selectable<AuditLogTable>;

/** Adds one entry. There is no way to change or remove one. */
export async function appendToAuditLog(
	trx: Inside,
	entry: {
		readonly who: AuditedAs;
		readonly what: string;
		readonly kind: 'change' | 'export';
		readonly note: AuditNote;
		readonly request: string;
		readonly at: Date;
	},
): Promise<void> {
	const { who, note } = entry;
	await trx
		.insertInto('audit_log')
		.values({
			workspace: who.workspace,
			at: entry.at,
			who_kind: who.kind,
			who: who.id,
			who_name: who.name,
			what: entry.what,
			kind: entry.kind,
			target: (note.target ?? '').slice(0, longestTarget),
			stood_before: written(note.from),
			stands_after: written(note.to),
			request: entry.request,
		})
		.execute();
}

/** Entries that fit the filter, newest first, of those before `before`. */
export async function auditEntries(
	trx: Inside,
	workspace: WorkspaceId,
	filter: AuditFilter,
	page: { readonly before?: number | undefined; readonly limit: number },
): Promise<AuditRow[]> {
	const { who, what, text, from, to } = filter;
	let query = trx.selectFrom('audit_log').select(shown).where('workspace', '=', workspace);
	if (who !== undefined) {
		query = query.where(({ eb, or }) => or([eb('who', '=', who), eb('who_name', 'ilike', containing(who))]));
	}
	if (what !== undefined) query = query.where('what', '=', what);
	if (text !== undefined) {
		query = query.where(
			sql`concat_ws(' ', who_name, what, target, stood_before::text, stands_after::text)`,
			'ilike',
			containing(text),
		);
	}
	if (from !== undefined) query = query.where('at', '>=', from);
	if (to !== undefined) query = query.where('at', '<', to);
	if (page.before !== undefined) query = query.where('id', '<', page.before);
	return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

const longestTarget = 2_000;
/** A whole file of definitions need not stand in the log twice; its versions are kept anyway. */
const longestValue = 20_000;

function written(value: Json | undefined): string | null {
	if (value === undefined || value === null) return null;
	const text = JSON.stringify(value).replaceAll('\\u0000', '\\ufffd');
	return text.length <= longestValue ? text : JSON.stringify({ tooLong: text.length });
}

function containing(text: string): string {
	return `%${text.replaceAll('\0', '').replaceAll(/[\\%_]/g, '\\$&')}%`;
}

const shown = [
	'id',
	'workspace',
	'at',
	'who_kind',
	'who',
	'who_name',
	'what',
	'kind',
	'target',
	'stood_before',
	'stands_after',
	'request',
] as const;
