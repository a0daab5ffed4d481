import type { Checkpoint } from '@touchstone/domain/interactions/imports.contract';
import { passOver } from './import-pass.ts';
import { type BegunImport, begin, checkpointKeeper } from './import-run.client.ts';
import { ImportStopped } from './import-stopped.ts';
import { type ImportSummary, problemInWords, summaryInWords } from './import-summary.ts';
import { type ImportTally, importTally } from './import-tally.ts';
import { fingerprintOf, type PreparedImport, prepareImport } from './prepared-import.store.ts';
import type { ServerAddress } from './product-server.client.ts';
import { progressBar, type Terminal } from './progress-bar.ts';
import { recordSender } from './record-sender.client.ts';

export type ImportOptions = {
	readonly mappingFile: string;
	/** Files, folders, or `word=PATH`. */
	readonly files: readonly string[];
	/** Needed unless it is a dry run. */
	readonly server?: ServerAddress | undefined;
	readonly dryRun?: boolean | undefined;
	/** Sends everything although this mapping was imported with these files before. */
	readonly again?: boolean | undefined;
	/** How many records may not be understood before the import stops: the mapping probably does not fit. 1000. */
	readonly maxProblems?: number | undefined;
	/** Requests under way at the same time. 4. */
	readonly inFlight?: number | undefined;
	/** How long a server may be out of reach or overloaded. 120. */
	readonly patienceSeconds?: number | undefined;
	/** Joined files are kept in memory up to this, and beyond it in a temporary database. 32 MB. */
	readonly lookupMemoryBytes?: number | undefined;
	readonly temporaryFolder?: string | undefined;
	/** Stops the import in good order; run again, it goes on. */
	readonly signal?: AbortSignal | undefined;
	/** Takes the progress line; left out, none is drawn. */
	readonly terminal?: Terminal | undefined;
};

/** 0: all rows are in or were left out by the mapping. 1: something was refused or not understood. 130: interrupted. */
export type ImportOutcome = {
	readonly summary: ImportSummary;
	readonly text: string;
	readonly exitCode: 0 | 1 | 130;
};

const shownRefusals = 10;

/**
 * Imports files by a mapping. Rows stream from the files to the server in bounded memory; the server keeps how far it has
 * come, so that the same call goes on where an earlier one was stopped, whatever stopped it.
 * @throws ImportStopped with a sentence to show and the exit code
 */
export async function runImport(options: ImportOptions): Promise<ImportOutcome> {
	const signal = options.signal ?? new AbortController().signal;
	const prepared = await prepareImport(options.mappingFile, options.files);
	if (options.dryRun) return dryRun(prepared, options, signal);
	const { server } = options;
	if (!server) throw new ImportStopped('An import needs the address of the server and a key.');
	const begun = await register(prepared, server, options, signal);
	if (begun.import.state === 'finished') {
		const tally = importTally(begun.import.checkpoint ?? undefined, now);
		return outcome(tally.summary('already-imported', begun.import));
	}
	return send(prepared, server, begun, options, signal);
}

async function dryRun(prepared: PreparedImport, options: ImportOptions, signal: AbortSignal) {
	const tally = importTally(undefined, now);
	const bar = progressBar(prepared, undefined, options.terminal, now);
	try {
		await passOver(prepared, undefined, tally, undefined, {
			...passOptions(options, signal),
			afterBatch: at => bar.draw(at, tally.rowsRead(), tally.counts().notUnderstood),
		});
	} finally {
		bar.clear();
	}
	return outcome(tally.summary(signal.aborted ? 'interrupted' : 'dry-run', { accepted: 0, refused: 0 }));
}

async function register(
	prepared: PreparedImport,
	server: ServerAddress,
	options: ImportOptions,
	signal: AbortSignal,
): Promise<BegunImport> {
	const { fingerprint, contents } = await fingerprintOf(prepared, signal);
	return begin(
		server,
		{
			fingerprint,
			mapping: JSON.parse(JSON.stringify(prepared.mapping)),
			files: [...contents],
			fromStart: options.again ?? false,
		},
		patienceOf(options, signal),
	);
}

async function send(
	prepared: PreparedImport,
	server: ServerAddress,
	begun: BegunImport,
	options: ImportOptions,
	signal: AbortSignal,
): Promise<ImportOutcome> {
	const earlier = begun.import;
	const from = earlier.checkpoint ?? undefined;
	// What is under way when the signal comes is waited for, and the checkpoint after it: both outlive the signal.
	const keeper = checkpointKeeper(server, begun, patienceOf(options, new AbortController().signal));
	const refusals: ImportSummary['refusals'][number][] = [];
	const sender = recordSender<Checkpoint>(server, {
		inFlight: options.inFlight ?? 4,
		patience: patienceOf(options, signal),
		onRefused: refused => {
			if (refusals.length < shownRefusals) refusals.push(refused);
		},
		onProgress: () => keeper.moved(reached()),
	});
	const tally = importTally(from, now);
	const start = from ?? { section: 0, file: 0, rows: 0, line: 0, bytes: 0, skipped: 0, notUnderstood: 0 };
	const reached = () => {
		const { mark, accepted, refused } = sender.progress();
		return {
			checkpoint: mark ?? start,
			accepted: earlier.accepted + accepted,
			refused: earlier.refused + refused,
		};
	};
	const bar = progressBar(prepared, from, options.terminal, now);
	try {
		await passOver(prepared, from, tally, sender, {
			...passOptions(options, signal),
			afterBatch: at => {
				bar.draw(at, tally.rowsRead(), tally.counts().notUnderstood + sender.progress().refused);
				stopOnProblems(tally, options.maxProblems ?? 1000);
				if (keeper.failed()) throw new ImportStopped('The server no longer takes this import.', 1);
			},
		});
		if (!signal.aborted) await sender.finish();
	} catch (error) {
		bar.clear();
		await sender.settle();
		// Why it stopped is worth more than why the checkpoint could not be kept either, unless that was the reason.
		const kept = await keeper.ended('stopped', reached()).catch((failure: unknown) => failure);
		throw keeper.failed() && kept instanceof ImportStopped ? kept : error;
	}
	bar.clear();
	await sender.settle();
	await keeper.ended(signal.aborted ? 'stopped' : 'finished', reached());
	const summary = tally.summary(signal.aborted ? 'interrupted' : 'finished', reached());
	return outcome({ ...summary, refusals });
}

function stopOnProblems(tally: ImportTally, most: number): void {
	const { notUnderstood } = tally.counts();
	if (notUnderstood <= most) return;
	const { problems } = tally.summary('interrupted', { accepted: 0, refused: 0 });
	const shown = problems.slice(0, 5).map(problemInWords).join('\n');
	throw new ImportStopped(
		`More than ${most} records were not understood, so the mapping probably does not fit. Try it with --dry-run, correct it and run it again; --max-problems allows more.\n${shown}`,
		1,
	);
}

function passOptions(options: ImportOptions, signal: AbortSignal) {
	return {
		lookupMemoryBytes: options.lookupMemoryBytes ?? 32 * 1024 * 1024,
		temporaryFolder: options.temporaryFolder,
		signal,
	};
}

function patienceOf(options: ImportOptions, signal: AbortSignal) {
	return { seconds: options.patienceSeconds ?? 120, signal };
}

function outcome(summary: ImportSummary): ImportOutcome {
	const text = summaryInWords(summary);
	if (summary.kind === 'interrupted') return { summary, text, exitCode: 130 };
	return { summary, text, exitCode: summary.notUnderstood + summary.refused > 0 ? 1 : 0 };
}

function now(): number {
	return performance.now();
}
