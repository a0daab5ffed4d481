-- People, what they may, and what was done.
--
-- Who somebody is (e-mail address, password, sessions, second factor) lies in a schema of its own, which one role alone may
-- touch, and that role may touch nothing else. Its tables and columns are named as the library that keeps them wants it.

do $role$
begin
	if not exists (select from pg_roles where rolname = 'touchstone_people') then
		begin
			create role touchstone_people nologin;
		exception when duplicate_object or unique_violation then null; -- another database's migration was quicker
		end;
	end if;
	if not (select rolsuper from pg_roles where rolname = current_user) then
		if current_setting('server_version_num')::int >= 160000 then
			if not pg_has_role(current_user, 'touchstone_people', 'SET') then
				execute format('grant touchstone_people to %I with inherit false, set true', current_user);
			end if;
		elsif not pg_has_role(current_user, 'touchstone_people', 'MEMBER') then
			execute format('grant touchstone_people to %I', current_user);
		end if;
	end if;
end
$role$;

create schema people;
grant usage on schema people to touchstone_people;

create table people.users (
	"id" text primary key,
	"name" text not null,
	"email" text not null unique,
	"emailVerified" boolean not null,
	"image" text,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null default current_timestamp,
	"twoFactorEnabled" boolean
);

create table people.sessions (
	"id" text primary key,
	"expiresAt" timestamptz not null,
	"token" text not null unique,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null,
	"ipAddress" text,
	"userAgent" text,
	"userId" text not null references people.users ("id") on delete cascade,
	"workspace" text
);
create index "sessions_userId_idx" on people.sessions ("userId");

create table people.accounts (
	"id" text primary key,
	"accountId" text not null,
	"providerId" text not null,
	"userId" text not null references people.users ("id") on delete cascade,
	"accessToken" text,
	"refreshToken" text,
	"idToken" text,
	"accessTokenExpiresAt" timestamptz,
	"refreshTokenExpiresAt" timestamptz,
	"scope" text,
	"password" text,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null
);
create index "accounts_userId_idx" on people.accounts ("userId");
-- One subject of a provider is one person, also when two sign in for the first time at once.
create unique index accounts_by_subject on people.accounts ("providerId", "accountId");

create table people.verifications (
	"id" text primary key,
	"identifier" text not null,
	"value" text not null,
	"expiresAt" timestamptz not null,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null default current_timestamp
);
create index "verifications_identifier_idx" on people.verifications ("identifier");

create table people.two_factors (
	"id" text primary key,
	"secret" text not null,
	"backupCodes" text not null,
	"userId" text not null references people.users ("id") on delete cascade,
	"verified" boolean,
	"failedVerificationCount" integer,
	"lockedUntil" timestamptz
);
create index "two_factors_secret_idx" on people.two_factors ("secret");
create index "two_factors_userId_idx" on people.two_factors ("userId");

create table people.rate_limits (
	"id" text primary key,
	"key" text not null unique,
	"count" integer not null,
	"lastRequest" bigint not null
);

grant select, insert, update, delete on all tables in schema people to touchstone_people;

-- What a person is in a workspace. Null units are all; `kept_by` is the provider whose groups decide, if one does.
create table memberships (
	workspace text not null references workspaces (id) on delete cascade,
	person text not null,
	role text not null check (role in ('admin', 'analyst', 'owner', 'frontline', 'moderator', 'viewer')),
	units jsonb,
	kept_by text,
	created_at timestamptz(3) not null default now(),
	created_by text not null,
	primary key (workspace, person),
	check (role <> 'admin' or units is null)
);
create index memberships_by_person on memberships (person);

create table invitations (
	id uuid primary key default gen_random_uuid(),
	workspace text not null references workspaces (id) on delete cascade,
	email text not null,
	role text not null check (role in ('admin', 'analyst', 'owner', 'frontline', 'moderator', 'viewer')),
	units jsonb,
	hash bytea not null unique,
	created_at timestamptz(3) not null default now(),
	created_by text not null,
	expires_at timestamptz(3) not null,
	-- Whether the link went to the address and to nobody else: then whoever uses it owns the address.
	mailed boolean not null,
	accepted_at timestamptz(3),
	withdrawn_at timestamptz(3)
);
create index invitations_by_workspace on invitations (workspace, created_at desc);
create index invitations_by_email on invitations (email);

-- Links that are good once: the one that makes the first admin, and those that sign somebody in.
create table entry_links (
	hash bytea primary key,
	kind text not null check (kind in ('setup', 'sign-in')),
	workspace text not null,
	person text,
	created_at timestamptz(3) not null default now(),
	created_by text not null,
	expires_at timestamptz(3),
	used_at timestamptz(3)
);

create table audit_log (
	id bigint generated always as identity primary key,
	workspace text not null,
	at timestamptz(3) not null,
	who_kind text not null check (who_kind in ('person', 'key')),
	who text not null,
	who_name text not null,
	what text not null,
	kind text not null check (kind in ('change', 'export')),
	target text not null,
	stood_before jsonb,
	stands_after jsonb,
	request text not null
);
create index audit_log_by_workspace on audit_log (workspace, id desc);

do $policies$
declare
	scoped_table text;
begin
	foreach scoped_table in array array['memberships', 'invitations', 'entry_links', 'audit_log'] loop
		execute format('alter table %I enable row level security', scoped_table);
		execute format('alter table %I force row level security', scoped_table);
		execute format(
			'create policy one_workspace on %I to touchstone_scoped using (workspace = (select scope_workspace()))', scoped_table
		);
		execute format('create policy across_workspaces on %I to touchstone_across using (true)', scoped_table);
	end loop;
end
$policies$;

grant select, insert, update, delete on memberships, invitations, entry_links to touchstone_scoped, touchstone_across;

-- The audit log only grows. The roles have no right to change it, and the trigger refuses whoever has.
grant select, insert on audit_log to touchstone_scoped, touchstone_across;

create function refuse_to_change_the_audit_log() returns trigger language plpgsql as $$
begin
	raise exception 'the audit log only grows' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_log_only_grows before update or delete or truncate on audit_log
	for each statement execute function refuse_to_change_the_audit_log();
