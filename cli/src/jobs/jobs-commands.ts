import { setTimeout as pause } from 'node:timers/promises';
import { cancelJob, listJobs, type longJobSchema, readJob } from '@touchstone/domain/jobs/jobs.contract';
import type { Command } from 'commander';
import type { z } from 'zod';
import { askServer } from '../ask-server.client.ts';
import { CommandFailed } from '../command-failed.ts';
import { countArgument } from '../count-argument.ts';
import { findServer } from '../server-connection.store.ts';
import type { Terminal } from '../terminal.ts';
import { textTable } from '../text-table.ts';

type Job = z.output<typeof longJobSchema>;

const lookEveryMs = 500;

/** `jobs list`, `jobs show` and `jobs cancel`: work that takes longer than a request. */
export function addJobsCommands(program: Command, terminal: Terminal): void {
	const jobs = program.command('jobs').summary('follow and cancel long work');

	jobs
		.command('list')
		.summary('list the newest jobs and how far they are')
		.option('--kind <kind>', 'only jobs of this kind, like rename-moments')
		.option('--limit <count>', 'how many at most', countArgument(500), 20)
		.action(async (options: { kind?: string; limit: number }, command: Command) => {
			const server = findServer(command.optsWithGlobals(), terminal);
			const { items } = await askServer(server, listJobs, { query: options });
			if (items.length === 0) return terminal.out('There are no jobs.\n');
			const rows = items.map(job => [job.id, job.kind, job.state, progressInWords(job), job.createdAt]);
			terminal.out(`${textTable(['id', 'kind', 'state', 'done', 'asked for'], rows)}\n`);
		});

	jobs
		.command('show')
		.summary('show one job, or wait until it has ended')
		.description('Shows one job. Exits with 1 when it failed.')
		.argument('<id>', 'the id of the job')
		.option('--wait', 'wait until it has ended')
		.action(async (id: string, { wait }: { wait?: boolean }, command: Command) => {
			const server = findServer(command.optsWithGlobals(), terminal);
			let job = await askServer(server, readJob, { params: { id } }, terminal.signal);
			while (wait && (job.state === 'waiting' || job.state === 'running')) {
				if (terminal.columns !== undefined) terminal.note(`\r${job.state} ${progressInWords(job)}\u001b[K`);
				await pause(lookEveryMs, undefined, { signal: terminal.signal });
				job = await askServer(server, readJob, { params: { id } }, terminal.signal);
			}
			if (wait && terminal.columns !== undefined) terminal.note('\r\u001b[K');
			terminal.out(jobInWords(job));
			if (job.state === 'failed') terminal.exitWith(1);
		});

	jobs
		.command('cancel')
		.summary('stop a job; what it has done stays')
		.argument('<id>', 'the id of the job')
		.action(async (id: string, _, command: Command) => {
			const server = findServer(command.optsWithGlobals(), terminal);
			const { state } = await askServer(server, cancelJob, { params: { id } });
			if (state !== 'cancelled' && state !== 'running') {
				throw new CommandFailed(`The job has ended already: it is ${state}.`);
			}
			terminal.note(state === 'cancelled' ? 'Cancelled.\n' : 'It stops at its next step.\n');
		});
}

function progressInWords({ done, total }: Job): string {
	if (total === null) return String(done);
	return total === 0 ? '0' : `${done} of ${total} (${Math.floor((100 * done) / total)} %)`;
}

function jobInWords(job: Job): string {
	const lines = [
		['id', job.id],
		['kind', job.kind],
		['state', job.state],
		['done', progressInWords(job)],
		['asked for', job.createdAt],
		['begun', job.startedAt ?? '–'],
		['ended', job.finishedAt ?? '–'],
		...(job.error === null ? [] : [['error', job.error]]),
	];
	return lines.map(([name = '', value = '']) => `${name.padEnd(10)} ${value}\n`).join('');
}
