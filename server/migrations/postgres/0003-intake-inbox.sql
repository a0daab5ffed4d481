-- What was accepted and has not reached the log yet. An insert of few rows into the log's many columns takes the columnar engine
-- several times as long as one narrow row takes here, so under load a group of requests is committed as one row, answered, and
-- moved into the log with many others. Written and read by the product itself across workspaces, so nobody else has a right to it.

create table intake_inbox (
	id bigint generated always as identity primary key,
	-- The table of the log that the rows belong to, and what their values are, in order: a later version may write others.
	log_table text not null,
	log_columns text not null,
	row_count integer not null check (row_count > 0),
	-- How many bytes the lines are unpacked, so that whoever moves them knows what fits into memory.
	byte_count integer not null,
	-- The lines as the log takes them, without their batch, packed with Zstandard.
	lines bytea not null,
	at timestamptz(3) not null default now()
) with (
	-- Rows live for a second: what they leave behind is cleared away by how much it is, not by how large the table once was.
	autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_threshold = -1,
	autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000, autovacuum_vacuum_cost_delay = 0,
	toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 10000,
	toast.autovacuum_vacuum_insert_threshold = -1, toast.autovacuum_vacuum_cost_delay = 0
);

-- Packed already: trying again costs time and wins nothing.
alter table intake_inbox alter column lines set storage external;

alter table intake_inbox enable row level security;
alter table intake_inbox force row level security;
create policy across_workspaces on intake_inbox to touchstone_across using (true);
grant select, insert, delete on intake_inbox to touchstone_across;
