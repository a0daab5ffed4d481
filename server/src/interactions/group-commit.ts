import { ByteBudget } from './byte-budget.ts';
import { joinedLines, type LogLines, linesOfBatch } from './log-lines.ts';

/** A table of the log and the columns that our lines fill, `batch` first. */
export type LogTable = { readonly name: string; readonly columns: readonly string[] };

export type GroupCommitOptions = {
	/** Stores lines in the log, in any number of pieces; they are durable when it resolves. */
	readonly insert: (table: LogTable, lines: readonly Buffer[]) => Promise<void>;
	/** Whether an error of `insert` speaks of the rows themselves, so that others should not fail with them. */
	readonly blamesRows: (error: unknown) => boolean;
	/** Whether an error of `insert` says that the log takes nothing at the moment, so that rows may wait in the inbox. */
	readonly isOutage?: (error: unknown) => boolean;
	/** A random unsigned 64-bit number as decimal text. */
	readonly newBatch: () => string;
	/** Where rows are kept when the log would take too long; left out, everything goes straight to the log. */
	readonly inbox?: RowsInbox;
	readonly lanes?: { readonly log?: number; readonly inbox?: number };
	/** How long a lane that would be free waits for company for the first rows. */
	readonly lingerMs?: number;
	/** From so many rows on nobody waits. */
	readonly eagerRows?: number;
	readonly rowsPerInsert?: number;
	readonly budgetBytes?: number;
};

export type AddOptions = { readonly patience?: 'refuse' | 'wait'; readonly straight?: boolean };

/** Keeps rows durably until the log takes them. */
export interface RowsInbox {
	/** Keeps lines; they are durable when it resolves. */
	put(table: LogTable, lines: LogLines): Promise<void>;
	/** Nothing waits in it, as far as this process knows. */
	readonly isEmpty: boolean;
	/** It holds as much as it may. */
	readonly isFull: boolean;
}

/** More is waiting to be stored than may be held. */
export class LogOverloaded extends Error {
	readonly retryAfterSeconds: number;

	constructor(where: 'memory' | 'the inbox') {
		super(`More rows are waiting to be stored than may be held in ${where}.`);
		this.name = 'LogOverloaded';
		this.retryAfterSeconds = where === 'memory' ? 1 : 5;
	}
}

/**
 * Stores the rows of many requests together, and answers each when its own rows are durable.
 *
 * An insert into the log costs about the same for one row as for a thousand, mostly for its many columns. So a group goes straight
 * to the log when nothing else is under way, and whoever sends one event and looks sees it; or when its requests ask for that.
 * Everything else is kept in the inbox, which takes a fraction of that, and reaches the log with many others.
 *
 * When the engine finds fault with the rows of a group, its requests are stored one by one, so that only the one at fault fails.
 */
export class GroupCommit {
	readonly #options: Required<Omit<GroupCommitOptions, 'budgetBytes' | 'inbox' | 'lanes'>>;
	readonly #inbox: RowsInbox | undefined;
	readonly #budget: ByteBudget;
	readonly #queues = new Map<LogTable, { readonly straight: Queue; readonly other: Queue }>();
	readonly #idle: (() => void)[] = [];
	readonly #freeLanes: Record<Way, number>;
	#underWay = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor({ inbox, lanes, budgetBytes, ...options }: GroupCommitOptions) {
		this.#options = {
			lingerMs: 1,
			eagerRows: 5_000,
			rowsPerInsert: 20_000,
			isOutage: () => false,
			...options,
		};
		this.#inbox = inbox;
		this.#freeLanes = { log: 2, inbox: 2, ...lanes };
		this.#budget = new ByteBudget(budgetBytes ?? 64 * 1024 * 1024);
	}

	/**
	 * Stores lines; resolves when they are durable.
	 * @param options.patience `refuse` throws LogOverloaded when too much is waiting; `wait` waits for its turn
	 * @param options.straight to the log and not into the inbox, unless the log takes nothing at the moment
	 */
	async add(
		table: LogTable,
		lines: LogLines,
		{ patience = 'refuse', straight = false }: AddOptions = {},
	): Promise<void> {
		if (lines.rows === 0) return;
		const bytes = lines.bytes.length;
		if (patience === 'wait') await this.#budget.takeWhenLeft(bytes);
		else if (this.#inbox?.isFull) throw new LogOverloaded('the inbox');
		else if (!this.#budget.take(bytes)) throw new LogOverloaded('memory');
		return new Promise((resolve, reject) => {
			const queue = this.#queueFor(table, straight);
			queue.requests.push({ lines, resolve, reject });
			queue.rows += lines.rows;
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

	#queueFor(table: LogTable, straight: boolean): Queue {
		let queues = this.#queues.get(table);
		if (!queues) {
			queues = { straight: emptyQueue(table, true), other: emptyQueue(table, false) };
			this.#queues.set(table, queues);
		}
		return straight ? queues.straight : queues.other;
	}

	#consider(queue: Queue): void {
		if (this.#wayFor(queue) === undefined) return;
		if (queue.rows >= this.#options.eagerRows) this.#flush(queue);
		else this.#timer ??= setTimeout(() => this.#flushAll(), this.#options.lingerMs);
	}

	#flushAll(): void {
		this.#timer = undefined;
		for (const queue of this.#allQueues()) this.#flush(queue);
	}

	/** Which way the next group of a queue would go; undefined when it has to wait for a lane. */
	#wayFor(queue: Queue): Way | undefined {
		const straight =
			this.#inbox === undefined ||
			queue.straight ||
			this.#inbox.isFull ||
			(this.#underWay === 0 && this.#inbox.isEmpty);
		const way = straight ? 'log' : 'inbox';
		return this.#freeLanes[way] > 0 ? way : undefined;
	}

	#flush(queue: Queue): void {
		const way = this.#wayFor(queue);
		const group = way ? takeGroup(queue, this.#options.rowsPerInsert) : [];
		if (way === undefined || group.length === 0) return;
		this.#freeLanes[way] -= 1;
		this.#underWay += 1;
		void this.#store(queue.table, group, way).finally(() => {
			this.#freeLanes[way] += 1;
			this.#underWay -= 1;
			for (const request of group) this.#budget.give(request.lines.bytes.length);
			// Whoever came while the lane was busy has waited long enough.
			const next = fullest(this.#allQueues().filter(each => this.#wayFor(each) !== undefined));
			if (next && next.rows >= this.#options.eagerRows) this.#flush(next);
			else if (next) this.#consider(next);
			if (this.#budget.held === 0) for (const resolve of this.#idle.splice(0)) resolve();
		});
	}

	#allQueues(): Queue[] {
		return [...this.#queues.values()].flatMap(({ straight, other }) => [straight, other]);
	}

	async #store(table: LogTable, group: readonly Request[], way: Way): Promise<void> {
		try {
			await (way === 'inbox' && this.#inbox
				? this.#keep(this.#inbox, table, group)
				: this.#insert(table, group));
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

	/** Into the log; or, while the log takes nothing, into the inbox. Whether the log has them after all makes no difference. */
	async #insert(table: LogTable, group: readonly Request[]): Promise<void> {
		try {
			const batch = this.#options.newBatch();
			await this.#options.insert(
				table,
				group.map(({ lines }) => linesOfBatch(lines, batch)),
			);
		} catch (error) {
			if (!this.#inbox || this.#inbox.isFull || !this.#options.isOutage(error)) throw error;
			await this.#keep(this.#inbox, table, group);
		}
	}

	#keep(inbox: RowsInbox, table: LogTable, group: readonly Request[]): Promise<void> {
		return inbox.put(table, joinedLines(linesOf(group)));
	}
}

type Way = 'log' | 'inbox';

function linesOf(group: readonly Request[]): LogLines[] {
	return group.map(({ lines }) => lines);
}

type Request = {
	readonly lines: LogLines;
	readonly resolve: () => void;
	readonly reject: (error: unknown) => void;
};
type Queue = {
	readonly table: LogTable;
	readonly straight: boolean;
	requests: Request[];
	rows: number;
};

function emptyQueue(table: LogTable, straight: boolean): Queue {
	return { table, straight, requests: [], rows: 0 };
}

function takeGroup(queue: Queue, rowsAtMost: number): Request[] {
	let rows = 0;
	let count = 0;
	for (const request of queue.requests) {
		if (count > 0 && rows + request.lines.rows > rowsAtMost) break;
		rows += request.lines.rows;
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

function fullest(queues: readonly Queue[]): Queue | undefined {
	let found: Queue | undefined;
	for (const queue of queues) {
		if (queue.rows > 0 && (found === undefined || queue.rows > found.rows)) found = queue;
	}
	return found;
}
