import type { Role } from '@touchstone/domain/access/role';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';

/**
 * The tables as the migrations leave them; a test compares every column with the migrated database. Times come back as `Date`
 * (stored to the millisecond, so nothing is lost), `bigint` as a number that is refused beyond 2^53, `jsonb` as parsed JSON to be
 * validated by whoever reads it; what is written into `jsonb` is serialised text.
 */
export interface Database {
	workspaces: WorkspacesTable;
	api_keys: ApiKeysTable;
	definitions: DefinitionsTable;
	definition_revisions: DefinitionRevisionsTable;
	identity_links: IdentityLinksTable;
	suppressions: SuppressionsTable;
	refusals: RefusalsTable;
	refusal_counts: RefusalCountsTable;
	announcements: AnnouncementsTable;
	long_jobs: LongJobsTable;
	imports: ImportsTable;
	memberships: MembershipsTable;
	invitations: InvitationsTable;
	entry_links: EntryLinksTable;
	audit_log: AuditLogTable;
	judge_state: JudgeStateTable;
	annotations: AnnotationsTable;
	intake_inbox: IntakeInboxTable;
}

type Time = ColumnType<Date, Date | string, Date | string>;
type TimeOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type TimeOrNow = ColumnType<Date, Date | string | undefined, Date | string>;
type Json = JSONColumnType<object, string, string>;
type JsonOrNull = ColumnType<object | null, string | null | undefined, string | null>;

export interface WorkspacesTable {
	id: WorkspaceId;
	name: string;
	created_at: TimeOrNow;
}

export interface ApiKeysTable {
	id: Generated<string>;
	workspace: WorkspaceId;
	name: string;
	scope: 'admin' | 'read' | 'intake';
	prefix: string;
	hash: Buffer;
	created_at: TimeOrNow;
	created_by: string;
	last_used_at: TimeOrNull;
	revoked_at: TimeOrNull;
}

export interface DefinitionsTable {
	workspace: WorkspaceId;
	kind: 'company' | 'unit' | 'owner' | 'moment' | 'promise';
	id: string;
	version: number;
	body: Json;
	author: string;
	at: TimeOrNow;
	effective_from: TimeOrNull;
	archived: Generated<boolean>;
}

export interface DefinitionRevisionsTable {
	workspace: WorkspaceId;
	revision: number;
}

export interface IdentityLinksTable {
	workspace: WorkspaceId;
	alias: string;
	person: string;
	linked_at: TimeOrNow;
}

export interface SuppressionsTable {
	workspace: WorkspaceId;
	person: string;
	reason: string;
	at: TimeOrNow;
}

export interface RefusalsTable {
	id: GeneratedAlways<number>;
	workspace: WorkspaceId;
	at: TimeOrNow;
	source: string;
	route: string;
	code: string;
	detail: string;
	payload: string;
	truncated: boolean;
	replayed_at: TimeOrNull;
	expires_at: Time;
}

export interface RefusalCountsTable {
	workspace: WorkspaceId;
	source: string;
	code: string;
	count: number;
	first_at: Time;
	last_at: Time;
}

export interface AnnouncementsTable {
	id: GeneratedAlways<number>;
	workspace: WorkspaceId;
	kind: string;
	body: Json;
	at: TimeOrNow;
}

export interface LongJobsTable {
	id: Generated<string>;
	workspace: WorkspaceId;
	kind: string;
	state: 'waiting' | 'running' | 'finished' | 'failed' | 'cancelled';
	done: Generated<number>;
	total: number | null;
	detail: Json;
	created_at: TimeOrNow;
	started_at: TimeOrNull;
	finished_at: TimeOrNull;
	error: string | null;
	cancel_requested: Generated<boolean>;
}

export interface ImportsTable {
	id: Generated<string>;
	workspace: WorkspaceId;
	fingerprint: string;
	mapping: Json;
	files: Json;
	checkpoint: Json;
	accepted: Generated<number>;
	refused: Generated<number>;
	state: string;
	created_at: TimeOrNow;
	updated_at: TimeOrNow;
}

export interface JudgeStateTable {
	workspace: WorkspaceId;
	watermark: TimeOrNow;
	last_version: number;
	judged: JSONColumnType<object, string | undefined, string>;
	updated_at: TimeOrNow;
}

export interface IntakeInboxTable {
	id: GeneratedAlways<number>;
	log_table: string;
	/** Their names, with commas between. */
	log_columns: string;
	row_count: number;
	byte_count: number;
	lines: Buffer;
	at: TimeOrNow;
}

export interface MembershipsTable {
	workspace: WorkspaceId;
	person: string;
	role: Role;
	units: JsonOrNull;
	kept_by: string | null;
	created_at: TimeOrNow;
	created_by: string;
}

export interface InvitationsTable {
	id: Generated<string>;
	workspace: WorkspaceId;
	email: string;
	role: Role;
	units: JsonOrNull;
	hash: Buffer;
	created_at: TimeOrNow;
	created_by: string;
	expires_at: Time;
	mailed: boolean;
	accepted_at: TimeOrNull;
	withdrawn_at: TimeOrNull;
}

export interface EntryLinksTable {
	hash: Buffer;
	kind: 'setup' | 'sign-in' | 'new-password';
	workspace: WorkspaceId;
	person: string | null;
	created_at: TimeOrNow;
	created_by: string;
	expires_at: TimeOrNull;
	used_at: TimeOrNull;
}

export interface AuditLogTable {
	id: GeneratedAlways<number>;
	workspace: WorkspaceId;
	at: Time;
	who_kind: 'person' | 'key';
	who: string;
	who_name: string;
	what: string;
	kind: 'change' | 'export';
	target: string;
	stood_before: JsonOrNull;
	stands_after: JsonOrNull;
	request: string;
}

export interface AnnotationsTable {
	id: Generated<string>;
	workspace: WorkspaceId;
	at: Time;
	text: string;
	promise: string | null;
	moment: string | null;
	unit: string | null;
	author: string;
	noted_at: TimeOrNow;
}

/** What our own questions ask of the schema `people`; the library that keeps it knows the rest. */
export interface PeopleDatabase {
	users: {
		id: string;
		name: string;
		email: string;
		emailVerified: boolean;
		twoFactorEnabled: boolean | null;
	};
	sessions: {
		id: string;
		userId: string;
		createdAt: Date;
		updatedAt: Date;
		expiresAt: Date;
		ipAddress: string | null;
		userAgent: string | null;
		workspace: string | null;
	};
	accounts: { userId: string; providerId: string; password: string | null };
	two_factors: { userId: string };
	verifications: { expiresAt: Date };
}
