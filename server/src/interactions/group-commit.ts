import { ByteBudget } from './byte-budget.ts';

/** A table of the log and the columns that our lines fill, `batch` first. */
export type LogTable = { readonly name: string; readonly columns: readonly string[] };

export type GroupCommitOptions = {
	/** Stores lines; they are durable when it resolves. */
	readonly insert: (table: LogTable, lines: Buffer) => Promise<void>;
	/** Whether an error of `insert` speaks of the rows themselves, so that others should not fail with them. */
	readonly blamesRows: (error: unknown) => boolean;
	/** A random unsigned 64-bit number as decimal text. */
	readonly newBatch: () => string;
	readonly lanes?: number;
	/** How long a lane that would be free waits for company for the first rows. */
	readonly lingerMs?: number;
	/** From so many rows on nobody waits. */
	readonly eagerRows?: number;
	readonly rowsPerInsert?: number;
	readonly budgetBytes?: number;
};

/** More is waiting to be stored than may be held in memory. */
export class LogOverloaded extends Error {
	readonly retryAfterSeconds = 1;

	constructor() {
		super('More rows are waiting to be stored than may be held in memory.');
		this.name = 'LogOverloaded';
	}
}

/**
 * Stores the rows of many requests together: an insert costs about the same for one row as for a thousand, mostly waiting
 * for the disk. Each request is answered when its own rows are durable. When the engine finds fault with the rows of a group,
 * its requests are stored one by one, so that only the one at fault fails.
 */
export class GroupCommit {
	readonly #options: Required<Omit<GroupCommitOptions, 'budgetBytes'>>;
	readonly #budget: ByteBudget;
	readonly #queues = new Map<LogTable, Queue>();
	readonly #idle: (() => void)[] = [];
	#freeLanes: number;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: GroupCommitOptions) {
		this.#options = { lanes: 2, lingerMs: 1, eagerRows: 5_000, rowsPerInsert: 20_000, ...options };
		this.#budget = new ByteBudget(options.budgetBytes ?? 64 * 1024 * 1024);
		this.#freeLanes = this.#options.lanes;
	}

	/**
	 * Stores lines (each without `[` and the batch); resolves when they are durable.
	 * @param patience `refuse` throws LogOverloaded when too much is waiting; `wait` waits for its turn
	 */
	async add(
		table: LogTable,
		lines: readonly string[],
		patience: 'refuse' | 'wait' = 'refuse',
	): Promise<void> {
		if (lines.length === 0) return;
		let bytes = 0;
		for (const line of lines) bytes += line.length + bytesBesides;
		if (patience === 'wait') await this.#budget.takeWhenLeft(bytes);
		else if (!this.#budget.take(bytes)) throw new LogOverloaded();
		return new Promise((resolve, reject) => {
			const queue = this.#queues.get(table) ?? emptyQueue(this.#queues, table);
			queue.requests.push({ lines, bytes, resolve, reject });
			queue.rows += lines.length;
			this.#consider(queue);
		});
	}

	/** How many bytes wait or are being stored. */
	get heldBytes(): number {
		return this.#budget.held;
	}

	/** Resolves when everything added so far has been stored or has failed. */
	async drained(): Promise<void> {
		while (this.#budget.held > 0) await new Promise<void>(resolve => this.#idle.push(resolve));
	}

	#consider(queue: Queue): void {
		if (this.#freeLanes === 0) return;
		if (queue.rows >= this.#options.eagerRows) this.#flush(queue);
		else this.#timer ??= setTimeout(() => this.#flushAll(), this.#options.lingerMs);
	}

	#flushAll(): void {
		this.#timer = undefined;
		for (const queue of this.#queues.values()) if (this.#freeLanes > 0) this.#flush(queue);
	}

	#flush(queue: Queue): void {
		const group = takeGroup(queue, this.#options.rowsPerInsert);
		if (group.length === 0) return;
		this.#freeLanes -= 1;
		void this.#store(queue.table, group).finally(() => {
			this.#freeLanes += 1;
			for (const request of group) this.#budget.give(request.bytes);
			// Whoever came while the lane was busy has waited long enough.
			const next = fullest(this.#queues);
			if (next && next.rows >= this.#options.eagerRows) this.#flush(next);
			else if (next) this.#consider(next);
			if (this.#budget.held === 0) for (const resolve of this.#idle.splice(0)) resolve();
		});
	}

	async #store(table: LogTable, group: readonly Request[]): Promise<void> {
		try {
			await this.#insert(table, group);
		} catch (error) {
			if (group.length > 1 && this.#options.blamesRows(error)) {
				for (const request of group) await this.#storeAlone(table, request);
			} else {
				for (const request of group) request.reject(error);
			}
			return;
		}
		for (const request of group) request.resolve();
	}

	async #storeAlone(table: LogTable, request: Request): Promise<void> {
		try {
			await this.#insert(table, [request]);
			request.resolve();
		} catch (error) {
			request.reject(error);
		}
	}

	#insert(table: LogTable, group: readonly Request[]): Promise<void> {
		return this.#options.insert(table, written(group, this.#options.newBatch()));
	}
}

/**
 * The lines of a group as bytes, each with its batch in front. Written one by one: joining them into one text first and
 * encoding that took a third longer.
 */
function written(group: readonly Request[], batch: string): Buffer {
	const start = Buffer.from(`[${batch},`);
	let longest = 0;
	for (const { lines } of group) for (const line of lines) longest += line.length * 3 + start.length + 1;
	const bytes = Buffer.allocUnsafe(longest);
	let at = 0;
	for (const { lines } of group) {
		for (const line of lines) {
			bytes.set(start, at);
			at += start.length;
			at += bytes.write(line, at);
			bytes[at] = newline;
			at += 1;
		}
	}
	return bytes.subarray(0, at);
}

const newline = 0x0a;

type Request = {
	readonly lines: readonly string[];
	readonly bytes: number;
	readonly resolve: () => void;
	readonly reject: (error: unknown) => void;
};
type Queue = { readonly table: LogTable; requests: Request[]; rows: number };

/** The batch and the brackets of a line. */
const bytesBesides = 24;

function emptyQueue(queues: Map<LogTable, Queue>, table: LogTable): Queue {
	const queue: Queue = { table, requests: [], rows: 0 };
	queues.set(table, queue);
	return queue;
}

function takeGroup(queue: Queue, rowsAtMost: number): Request[] {
	let rows = 0;
	let count = 0;
	for (const request of queue.requests) {
		if (count > 0 && rows + request.lines.length > rowsAtMost) break;
		rows += request.lines.length;
		count += 1;
	}
	queue.rows -= rows;
	if (count === queue.requests.length) {
		const all = queue.requests;
		queue.requests = [];
		return all;
	}
	return queue.requests.splice(0, count);
}

function fullest(queues: ReadonlyMap<LogTable, Queue>): Queue | undefined {
	let found: Queue | undefined;
	for (const queue of queues.values()) {
		if (queue.rows > 0 && (found === undefined || queue.rows > found.rows)) found = queue;
	}
	return found;
}
