import {
	beginImport,
	type Checkpoint,
	moveCheckpoint,
} from '@touchstone/domain/interactions/imports.contract';
import { useSyncExternalStore } from 'react';
import { AskFailed, ask } from '../app/ask.client.ts';
import { atBeginning, type PassStep, passOver } from './import-pass.ts';
import { ImportStopped, type StopReason } from './import-stopped.ts';
import { emptyTally, type Tally } from './import-tally.ts';
import { dropKeptImport, type KeptImport, keepImport, readKeptImport } from './kept-import.store.ts';
import { fingerprintOf, type PreparedImport, prepareImport } from './prepared-import.store.ts';
import { type Refused, type Sent, sendRecords, sentTogether } from './send-records.client.ts';
import { isMarkedUnfit } from './unfit-record.ts';

/** How far an import has come. */
export type Progress = {
	readonly names: readonly string[];
	readonly read: number;
	readonly totalBytes: number;
	readonly tally: Tally;
	/** What the server answered since the import began, earlier runs included. */
	readonly accepted: number;
	readonly refused: number;
	/** The first of those that the server refused for reasons that nobody knew before. */
	readonly refusals: readonly Refused[];
	/** Whether the device keeps the files, so that the import goes on after a reload. */
	readonly kept: boolean;
};

export type ImportRun =
	| { readonly kind: 'none' }
	/** Reads the files once to know whether they were imported before. */
	| { readonly kind: 'recognising' | 'sending' | 'waiting'; readonly progress: Progress }
	| { readonly kind: 'stopped' | 'finished' | 'imported-before'; readonly progress: Progress }
	| { readonly kind: 'failed'; readonly reason: StopReason; readonly progress: Progress };

type Begun = Omit<KeptImport, 'fingerprint' | 'contents' | 'stopped'>;

/** The checkpoint is kept on the server this often; what was sent after it is sent again when the import goes on. */
const millisBetween = 2000;
const shownRefusals = 20;

let run: ImportRun = { kind: 'none' };
let present: { readonly kept: KeptImport | Begun; readonly stop: AbortController } | undefined;
let looked = false;
const listeners = new Set<() => void>();

/** The import under way at this page, whichever part of the dashboard is looked at. */
export function useImportRun(): ImportRun {
	return useSyncExternalStore(
		listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => run,
	);
}

/** Whether an import is on its way just now. */
export function isUnderWay(at: ImportRun): boolean {
	return at.kind === 'recognising' || at.kind === 'sending' || at.kind === 'waiting';
}

export function startImport(begun: Begun | KeptImport, fromStart = false): Promise<void> {
	present = { kept: begun, stop: new AbortController() };
	return alone(() => work(begun, fromStart));
}

/** Stops in good order: what is under way is waited for, and the server keeps how far the import has come. */
export function stopImport(): void {
	present?.stop.abort();
}

/** Goes on with an import that was stopped or failed, from where the server knows it to be. */
export function continueImport(fromStart = false): Promise<void> {
	const { kept } = present ?? {};
	return kept === undefined ? Promise.resolve() : startImport(kept, fromStart);
}

/** Forgets the import and its files; what was sent stays. */
export async function dismissImport(): Promise<void> {
	present = undefined;
	show({ kind: 'none' });
	await dropKeptImport();
}

/** Goes on with an import that was under way when the page was left. Asked once for each time the page is loaded. */
export async function goOnAfterReload(person: string, workspace: string): Promise<void> {
	if (looked || run.kind !== 'none') return;
	looked = true;
	const kept = await readKeptImport();
	if (kept === undefined || kept.person !== person || kept.workspace !== workspace || run.kind !== 'none')
		return;
	if (!kept.stopped) return startImport(kept);
	present = { kept, stop: new AbortController() };
	show({ kind: 'stopped', progress: emptyProgress(kept.files, true) });
}

async function work(begun: Begun | KeptImport, fromStart: boolean): Promise<void> {
	const stop = new AbortController();
	present = { kept: begun, stop };
	let progress = emptyProgress(begun.files, 'fingerprint' in begun);
	const moved = (kind: 'recognising' | 'sending' | 'waiting', part: Partial<Progress>) => {
		progress = { ...progress, ...part };
		show({ kind, progress });
	};
	try {
		moved('recognising', {});
		const prepared = await prepareImport(begun.mapping, begun.files);
		moved('recognising', { totalBytes: prepared.totalBytes });
		const kept = await recognised(begun, prepared, stop.signal, read => moved('recognising', { read }));
		present = { kept, stop };
		moved('sending', { kept: await keepImport(kept), read: 0 });
		const ended = await send(kept, prepared, fromStart, stop.signal, moved, () => progress);
		if (ended === 'stopped') await keepImport({ ...kept, stopped: true });
		else await dropKeptImport();
		show({ kind: ended, progress });
	} catch (error) {
		if (stop.signal.aborted) show({ kind: 'stopped', progress });
		else show({ kind: 'failed', reason: reasonOf(error), progress });
	}
}

async function recognised(
	begun: Begun | KeptImport,
	prepared: PreparedImport,
	signal: AbortSignal,
	onRead: (bytes: number) => void,
): Promise<KeptImport> {
	const known =
		'fingerprint' in begun ? begun : { ...begun, ...(await fingerprintOf(prepared, signal, onRead)) };
	return { ...known, contents: [...known.contents], stopped: false };
}

async function send(
	kept: KeptImport,
	prepared: PreparedImport,
	fromStart: boolean,
	signal: AbortSignal,
	moved: (kind: 'sending' | 'waiting', part: Partial<Progress>) => void,
	progress: () => Progress,
): Promise<'finished' | 'stopped' | 'imported-before'> {
	const { run: right, import: earlier } = await ask(beginImport, {
		body: {
			fingerprint: kept.fingerprint,
			mapping: JSON.parse(JSON.stringify(prepared.mapping)),
			files: kept.contents,
			fromStart,
		},
		signal,
	});
	moved('sending', { accepted: earlier.accepted, refused: earlier.refused });
	if (earlier.state === 'finished') return 'imported-before';
	let reached: Checkpoint = earlier.checkpoint ?? atBeginning;
	let keptAt = performance.now();
	const keep = (state: 'running' | 'stopped' | 'finished') => {
		const { accepted, refused } = progress();
		return ask(moveCheckpoint, {
			params: { id: earlier.id },
			body: { run: right, checkpoint: reached, accepted, refused, state },
		});
	};
	const sendAndKeep = async (step: PassStep) => {
		const sent = await sendStep(step, signal, waiting => moved(waiting ? 'waiting' : 'sending', {}));
		reached = step.checkpoint;
		const { accepted, refused, refusals } = progress();
		const unforeseen = sent.refusals.filter(({ record }) => !isMarkedUnfit(record));
		moved('sending', {
			tally: step.tally,
			read: step.read,
			accepted: accepted + sent.accepted,
			refused: refused + sent.refused,
			refusals: [...refusals, ...unforeseen].slice(0, shownRefusals),
		});
		if (performance.now() - keptAt < millisBetween) return;
		keptAt = performance.now();
		await keep('running');
	};
	let underWay: Promise<void> | undefined;
	try {
		// While the records of one step are on their way, the next is read and made.
		for await (const step of passOver(prepared, reached)) {
			await underWay;
			signal.throwIfAborted();
			underWay = sendAndKeep(step);
			// Should reading the next one fail, this one is waited for below; until then it must not count as unhandled.
			underWay.catch(() => undefined);
		}
		await underWay;
	} catch (error) {
		await underWay?.catch(() => undefined);
		// Why it stopped is worth more than why the checkpoint could not be kept either.
		await keep('stopped').catch(() => undefined);
		if (signal.aborted) return 'stopped';
		throw error;
	}
	await keep('finished');
	return 'finished';
}

async function sendStep(
	step: PassStep,
	signal: AbortSignal,
	onWaiting: (waiting: boolean) => void,
): Promise<Sent> {
	return sentTogether(
		await Promise.all([
			sendRecords('interactions', step.interactions, signal, onWaiting),
			sendRecords('feedback', step.feedback, signal, onWaiting),
		]),
	);
}

/** One tab imports at a time, where the browser can tell (only pages served over TLS or from this machine can). */
async function alone(work: () => Promise<void>): Promise<void> {
	if (!('locks' in navigator)) return work();
	await navigator.locks.request('touchstone-import', { ifAvailable: true }, async lock => {
		if (lock) await work();
		else
			show({
				kind: 'failed',
				reason: { key: 'data.import.otherTab', values: {} },
				progress: emptyProgress([], true),
			});
	});
}

function emptyProgress(files: readonly File[], kept: boolean): Progress {
	return {
		names: files.map(({ name }) => name),
		read: 0,
		totalBytes: files.reduce((sum, { size }) => sum + size, 0),
		tally: emptyTally(),
		accepted: 0,
		refused: 0,
		refusals: [],
		kept,
	};
}

function reasonOf(error: unknown): StopReason {
	if (error instanceof ImportStopped) return error.reason;
	if (error instanceof AskFailed && error.problem.code === 'import-running')
		return { key: 'data.import.elsewhere', values: {} };
	if (error instanceof AskFailed && error.problem.status === 401)
		return { key: 'data.import.signedOut', values: {} };
	return { sentence: error instanceof Error ? error.message : String(error) };
}

function show(next: ImportRun): void {
	run = next;
	for (const listener of listeners) listener();
}
