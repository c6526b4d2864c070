-- Long work of one company waits in a queue of its own: one at a time, so that its next does not take the worker that another company waits for.
create function ar.add_job(task text, payload json, job_key text, queue text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job(task, payload, queue_name := queue, job_key := job_key, max_attempts := 12);
end $$;
revoke all on function ar.add_job(text, json, text, text) from public;
grant execute on function ar.add_job(text, json, text, text) to app_rw, app_scoped;
