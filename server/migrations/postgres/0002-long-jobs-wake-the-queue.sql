-- Asking for a long job is one insert: the queue learns of it in the same transaction. One entry per workspace and kind is
-- enough, for whoever takes it works through all that wait. The queue's own tables come after these migrations; nothing is
-- inserted before.

create function queue_long_job() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
	perform graphile_worker.add_job(
		'long-job',
		json_build_object('workspace', new.workspace, 'kind', new.kind),
		job_key => 'long-job ' || new.workspace || ' ' || new.kind
	);
	return null;
end
$$;

-- The function acts as the queue's role, which needs the right to own something here for as long as this takes.
grant create on schema public to touchstone_queue;
alter function queue_long_job() owner to touchstone_queue;
revoke create on schema public from touchstone_queue;

create trigger queue_long_job after insert on long_jobs for each row execute function queue_long_job();

create index long_jobs_under_way on long_jobs (workspace, kind, created_at) where state in ('waiting', 'running');
