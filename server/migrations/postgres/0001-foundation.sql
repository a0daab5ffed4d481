-- The tables of the transactional store, and the three roles through which the product reads and writes them.
--
--   touchstone_scoped  one workspace, perhaps some of its units; refuses when no workspace is set
--   touchstone_across  all workspaces: jobs, key checks
--   touchstone_queue   the job queue's own schema and nothing else; every pooled connection starts as this role, so
--                      that a query which goes past the door meets no table it may read
--
-- Roles belong to the whole server, not to one database, so each may exist already.

do $roles$
declare
	role_name text;
begin
	foreach role_name in array array['touchstone_scoped', 'touchstone_across', 'touchstone_queue'] loop
		if not exists (select from pg_roles where rolname = role_name) then
			begin
				execute format('create role %I nologin', role_name);
			exception when duplicate_object or unique_violation then null; -- another database's migration was quicker
			end;
		end if;
		if not (select rolsuper from pg_roles where rolname = current_user) then
			-- Since version 16 a member may become a role without having its rights all the time, which is what the door wants.
			if current_setting('server_version_num')::int >= 160000 then
				if not pg_has_role(current_user, role_name, 'SET') then
					execute format('grant %I to %I with inherit false, set true', role_name, current_user);
				end if;
			elsif not pg_has_role(current_user, role_name, 'MEMBER') then
				execute format('grant %I to %I', role_name, current_user);
			end if;
		end if;
	end loop;
	execute format('grant create on database %I to touchstone_queue', current_database());
end
$roles$;

grant usage on schema public to touchstone_scoped, touchstone_across, touchstone_queue;

-- The workspace of the running transaction. Refuses instead of showing nothing: an empty answer would look like a fact.
create function scope_workspace() returns text language plpgsql stable parallel safe as $$
declare
	workspace text := current_setting('touchstone.workspace', true);
begin
	if workspace is null or workspace = '' then
		raise exception 'no workspace is set for this query; ask through inWorkspace' using errcode = 'insufficient_privilege';
	end if;
	return workspace;
end
$$;

-- Whether the running transaction may see rows of this unit. Tables with a unit add it to their policy.
create function scope_covers_unit(unit text) returns boolean language sql stable parallel safe as $$
	select case current_setting('touchstone.units', true)
		when 'all' then true
		else coalesce(unit = any (nullif(current_setting('touchstone.units', true), '')::text[]), false)
	end
$$;

create table workspaces (
	id text primary key,
	name text not null,
	created_at timestamptz(3) not null default now()
);

create table api_keys (
	id uuid primary key default gen_random_uuid(),
	workspace text not null references workspaces (id) on delete cascade,
	name text not null,
	scope text not null check (scope in ('admin', 'read', 'intake')),
	prefix text not null,
	hash bytea not null unique,
	created_at timestamptz(3) not null default now(),
	created_by text not null,
	last_used_at timestamptz(3),
	revoked_at timestamptz(3)
);
create index api_keys_by_workspace on api_keys (workspace, created_at);

create table definitions (
	workspace text not null,
	kind text not null check (kind in ('company', 'unit', 'owner', 'moment', 'promise')),
	id text not null,
	version integer not null check (version > 0),
	body jsonb not null,
	author text not null,
	at timestamptz(3) not null default now(),
	effective_from timestamptz(3),
	archived boolean not null default false,
	primary key (workspace, kind, id, version)
);

create table definition_revisions (
	workspace text primary key,
	revision bigint not null
);

create table identity_links (
	workspace text not null,
	alias text not null,
	person text not null,
	linked_at timestamptz(3) not null default now(),
	primary key (workspace, alias)
);
create index identity_links_by_person on identity_links (workspace, person);

create table suppressions (
	workspace text not null,
	person text not null,
	reason text not null,
	at timestamptz(3) not null default now(),
	primary key (workspace, person)
);

create table refusals (
	id bigint generated always as identity primary key,
	workspace text not null,
	at timestamptz(3) not null default now(),
	source text not null,
	route text not null,
	code text not null,
	detail text not null,
	payload text not null,
	truncated boolean not null,
	replayed_at timestamptz(3),
	expires_at timestamptz(3) not null
);
create index refusals_by_source_and_code on refusals (workspace, source, code, at desc);
create index refusals_by_expiry on refusals (expires_at);

create table refusal_counts (
	workspace text not null,
	source text not null,
	code text not null,
	count bigint not null,
	first_at timestamptz(3) not null,
	last_at timestamptz(3) not null,
	primary key (workspace, source, code)
);

create table announcements (
	id bigint generated always as identity primary key,
	workspace text not null,
	kind text not null,
	body jsonb not null,
	at timestamptz(3) not null default now()
);
create index announcements_by_workspace on announcements (workspace, id);

create table long_jobs (
	id uuid primary key default gen_random_uuid(),
	workspace text not null,
	kind text not null,
	state text not null check (state in ('waiting', 'running', 'finished', 'failed', 'cancelled')),
	done bigint not null default 0,
	total bigint,
	detail jsonb not null,
	created_at timestamptz(3) not null default now(),
	started_at timestamptz(3),
	finished_at timestamptz(3),
	error text,
	cancel_requested boolean not null default false
);
create index long_jobs_by_workspace on long_jobs (workspace, created_at desc);

create table imports (
	id uuid primary key default gen_random_uuid(),
	workspace text not null,
	fingerprint text not null,
	mapping jsonb not null,
	files jsonb not null,
	checkpoint jsonb not null,
	accepted bigint not null default 0,
	refused bigint not null default 0,
	state text not null,
	created_at timestamptz(3) not null default now(),
	updated_at timestamptz(3) not null default now(),
	unique (workspace, fingerprint)
);

create table judge_state (
	workspace text primary key,
	watermark timestamptz(3) not null default 'epoch',
	last_version bigint not null,
	judged jsonb not null default '{}',
	updated_at timestamptz(3) not null default now()
);

do $policies$
declare
	scoped_table text;
begin
	foreach scoped_table in array array[
		'api_keys', 'definitions', 'definition_revisions', 'identity_links', 'suppressions', 'refusals', 'refusal_counts',
		'announcements', 'long_jobs', 'imports', 'judge_state', 'workspaces'
	] loop
		execute format('alter table %I enable row level security', scoped_table);
		execute format('alter table %I force row level security', scoped_table);
		execute format(
			'create policy one_workspace on %I to touchstone_scoped using (%I = (select scope_workspace()))',
			scoped_table, case scoped_table when 'workspaces' then 'id' else 'workspace' end
		);
		execute format('create policy across_workspaces on %I to touchstone_across using (true)', scoped_table);
		execute format('grant select, insert, update, delete on %I to touchstone_scoped, touchstone_across', scoped_table);
	end loop;
end
$policies$;
