-- What people noted to have happened, so that a trend can be read: a new courier, a strike. About one promise, one moment, or
-- everything; for people who may see a unit, or for everyone. Only who may see all units may note something for everyone.

create table annotations (
	id uuid primary key default gen_random_uuid(),
	workspace text not null,
	at timestamptz(3) not null,
	text text not null,
	promise text,
	moment text,
	unit text,
	author text not null,
	noted_at timestamptz(3) not null default now()
);
create index annotations_by_time on annotations (workspace, at desc);

alter table annotations enable row level security;
alter table annotations force row level security;
create policy seen on annotations for select to touchstone_scoped
	using (workspace = (select scope_workspace()) and (unit is null or scope_covers_unit(unit)));
create policy noted on annotations for insert to touchstone_scoped
	with check (
		workspace = (select scope_workspace())
		and case when unit is null then current_setting('touchstone.units', true) = 'all' else scope_covers_unit(unit) end
	);
create policy taken_away on annotations for delete to touchstone_scoped
	using (
		workspace = (select scope_workspace())
		and case when unit is null then current_setting('touchstone.units', true) = 'all' else scope_covers_unit(unit) end
	);
create policy across_workspaces on annotations to touchstone_across using (true);
grant select, insert, delete on annotations to touchstone_scoped, touchstone_across;
