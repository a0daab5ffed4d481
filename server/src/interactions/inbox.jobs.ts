import { setImmediate as nextRound, setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { Logger } from 'pino';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import type { LogTable, RowsInbox } from './group-commit.ts';
import {
	anyLinesUpTo,
	inboxSize,
	type KeptLines,
	keepLines,
	newestLines,
	oldestLines,
	removeLines,
	takeInboxTurn,
} from './inbox.queries.ts';
import { halvedLines, joinedLines, type LogLines, linesOfBatch } from './log-lines.ts';

/** What was accepted and has not reached the log yet, kept in PostgreSQL, and the moving of it into the log. */
export interface Inbox extends RowsInbox {
	/**
	 * Resolves when everything that any process had accepted when it was called is in the log.
	 * @returns whether it is, when `patienceMs` was over first
	 * @throws what `signal` is aborted with
	 */
	landed(options?: { readonly patienceMs?: number; readonly signal?: AbortSignal }): Promise<boolean>;
	/** Rows, packed bytes, and since when the first of them waits, in all processes. */
	size(): Promise<{ readonly rows: number; readonly bytes: number; readonly since: Date | null }>;
	/** Moves what can be moved within a few seconds; the rest is moved after the next start, or by another process. */
	close(): Promise<void>;
}

export type InboxNeeds = {
	readonly postgres: PostgresDoor;
	/** Stores lines in the log, in any number of pieces; they are durable when it resolves. */
	readonly insert: (table: LogTable, lines: readonly Buffer[]) => Promise<void>;
	/** Whether an error of `insert` speaks of the rows themselves. */
	readonly blamesRows: (error: unknown) => boolean;
	/** Writes down an accepted line that the log cannot hold. */
	readonly giveUp: (table: LogTable, line: string, error: unknown) => Promise<void>;
	readonly newBatch: () => string;
	readonly log: Logger;
	readonly limits?: Partial<InboxLimits>;
};

/** How much may wait for the log, in rows and in packed bytes. */
export type InboxLimits = { readonly rows: number; readonly bytes: number };

/** Some minutes of a flood, in what a disk can spare. */
const mostWaiting: InboxLimits = { rows: 5_000_000, bytes: 512 * 1024 * 1024 };
/** What an insert costs besides its rows is shared by many then, and larger ones take memory. */
const perInsert = { rows: 20_000, bytes: 16 * 1024 * 1024 };
/** Rows wait so long for company, unless there are many: nobody notices, and the engine is spared. */
const landAfterMs = 200;
const manyRows = 20_000;
/** When nothing came in for so long, the flood is over for now. */
const restsAfterMs = 500;
/** How often a process looks for rows of another that went away. */
const lookEveryMs = 1_000;
const lookForLandingMs = 30;
const restAfterFailureMs = 500;
const restWhileClosingMs = 100;
const closeWithinMs = 5_000;

export function openInbox(needs: InboxNeeds): Inbox {
	const { postgres, log } = needs;
	const limits = { ...mostWaiting, ...needs.limits };
	/** As last counted, and what this process has put in since: never less than there is of its own. */
	let known = { rows: 0, bytes: 0 };
	let put = { rows: 0, bytes: 0 };
	let putting = 0;
	let lastPutAt = Number.NEGATIVE_INFINITY;
	let hurried = 0;
	let closing = false;
	let closedAt = 0;
	let wake: () => void = () => undefined;
	const moving = keepMoving();

	async function keep(table: LogTable, { bytes, rows }: LogLines): Promise<void> {
		putting += 1;
		try {
			const packed = await pack(bytes);
			await keepLines(postgres, { table, rows, bytes: bytes.length, packed });
			const wasEmpty = known.rows === 0;
			known = { rows: known.rows + rows, bytes: known.bytes + packed.length };
			put = { rows: put.rows + rows, bytes: put.bytes + packed.length };
			lastPutAt = performance.now();
			if (wasEmpty || known.rows >= manyRows) wake();
		} finally {
			putting -= 1;
		}
	}

	async function keepMoving(): Promise<void> {
		while (!closing || (known.rows > 0 && performance.now() < closedAt + closeWithinMs)) {
			try {
				if (known.rows === 0) await rest(lookEveryMs);
				if (known.rows > 0 && known.rows < manyRows && hurried === 0) await rest(landAfterMs);
				if ((await move()) === 'another moves') await rest(landAfterMs);
			} catch (error) {
				if (!(error instanceof StoreUnavailable))
					log.error({ err: error }, 'moving accepted rows into the log failed; it is tried again');
				await (closing ? pause(restWhileClosingMs) : rest(restAfterFailureMs));
			}
		}
	}

	/** Ends early when there is something to do. */
	function rest(milliseconds: number): Promise<void> {
		if (closing) return Promise.resolve();
		return new Promise(resolve => {
			const timer = setTimeout(done, milliseconds);
			wake = done;
			function done() {
				clearTimeout(timer);
				wake = () => undefined;
				resolve();
			}
		});
	}

	/**
	 * Inserts into the log and the removal of what they hold, by one process at a time. Broken off in between, the same rows are
	 * stored again: with the same ids and versions they are the same rows. While nothing comes in, the engine has a second lane free.
	 */
	function move(): Promise<'moved' | 'another moves'> {
		return postgres.acrossWorkspaces('move accepted rows into the log', async trx => {
			const ours = await takeInboxTurn(trx);
			if (ours) {
				const inserts = performance.now() - lastPutAt > restsAfterMs ? 2 : 1;
				const oldest = await oldestLines(trx, {
					rows: perInsert.rows * inserts,
					bytes: perInsert.bytes * inserts,
				});
				const done = await Promise.allSettled(insertsOf(oldest).map(land));
				// Only when none is under way any more: an insert that ended after its rows were forgotten could bring back the erased.
				for (const outcome of done) if (outcome.status === 'rejected') throw outcome.reason;
				const ids = oldest.map(({ id }) => id);
				if (ids.length > 0) await removeLines(trx, ids);
			}
			const before = put;
			const { rows, bytes } = await inboxSize(trx);
			known = { rows: rows + put.rows - before.rows, bytes: bytes + put.bytes - before.bytes };
			return ours ? 'moved' : 'another moves';
		});
	}

	/** Between its pieces everybody else has their turn: twenty thousand lines at once are 50 ms in which nobody is answered. */
	async function land(list: readonly KeptLines[]): Promise<void> {
		const [first] = list;
		if (!first) return;
		const batch = needs.newBatch();
		const pieces: Buffer[] = [];
		for (const lines of list) {
			pieces.push(linesOfBatch(await unpacked(lines), batch));
			await nextRound();
		}
		try {
			await needs.insert(first.table, pieces);
		} catch (error) {
			if (!needs.blamesRows(error)) throw error;
			await insertApart(first.table, joinedLines(await Promise.all(list.map(unpacked))), error);
		}
	}

	/** Lines that the engine finds fault with are found by halving: the others must not wait for them. */
	async function insertApart(table: LogTable, lines: LogLines, fault: unknown): Promise<void> {
		if (lines.rows === 1) {
			await needs.giveUp(table, lines.bytes.toString().trimEnd(), fault);
			return;
		}
		for (const half of halvedLines(lines)) {
			try {
				await needs.insert(table, [linesOfBatch(half, needs.newBatch())]);
			} catch (error) {
				if (!needs.blamesRows(error)) throw error;
				await insertApart(table, half, error);
			}
		}
	}

	async function landed({
		patienceMs = Number.POSITIVE_INFINITY,
		signal,
	}: Parameters<Inbox['landed']>[0] = {}): Promise<boolean> {
		const until = performance.now() + patienceMs;
		const mark = await postgres.acrossWorkspaces('what has been accepted by now', newestLines);
		if (mark === undefined) return true;
		hurried += 1;
		wake();
		try {
			for (;;) {
				if (!(await postgres.acrossWorkspaces('has it landed', trx => anyLinesUpTo(trx, mark)))) return true;
				if (performance.now() >= until) return false;
				await pause(lookForLandingMs, undefined, signal ? { signal } : {});
			}
		} finally {
			hurried -= 1;
		}
	}

	return {
		put: keep,
		get isEmpty() {
			return known.rows === 0 && putting === 0;
		},
		get isFull() {
			return known.rows >= limits.rows || known.bytes >= limits.bytes;
		},
		landed,
		size: () => postgres.acrossWorkspaces('how much waits for the log', inboxSize),
		async close() {
			closing = true;
			closedAt = performance.now();
			wake();
			await moving;
		},
	};
}

/** What goes into the log together: rows of one table, as many as one insert takes. */
function insertsOf<T extends KeptLines>(oldest: readonly T[]): T[][] {
	const inserts: T[][] = [];
	for (const list of Map.groupBy(oldest, ({ table }) => `${table.name} ${table.columns}`).values()) {
		let rows = Number.POSITIVE_INFINITY;
		let bytes = 0;
		for (const lines of list) {
			if (rows >= perInsert.rows || bytes >= perInsert.bytes) {
				inserts.push([]);
				rows = 0;
				bytes = 0;
			}
			inserts.at(-1)?.push(lines);
			rows += lines.rows;
			bytes += lines.bytes;
		}
	}
	return inserts;
}

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** The quickest level: of 100 of the benchmark's events, which are rather alike, it leaves a sixteenth. */
const quickly = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** What is a matter of a millisecond is done at once: to hand it to another thread is to wait for a round of the event loop. */
const atOnceBytes = 1024 * 1024;

async function pack(bytes: Buffer): Promise<Buffer> {
	return bytes.length < atOnceBytes ? zstdCompressSync(bytes, quickly) : await compress(bytes, quickly);
}

async function unpacked({ packed, bytes, rows }: KeptLines): Promise<LogLines> {
	// In one piece: with the usual 16 KB each piece of what another thread unpacks takes a round of the event loop.
	const size = { maxOutputLength: bytes, chunkSize: Math.max(bytes, constants.Z_MIN_CHUNK) };
	return {
		bytes: bytes < atOnceBytes ? zstdDecompressSync(packed, size) : await decompress(packed, size),
		rows,
	};
}
