import { receiptSchema } from '@touchstone/domain/interactions/intake.contract';
import { bodyMemory, type LineBuffer, lineAt, lineBuffer } from './line-buffer.ts';
import { ask, type Patience, refusedByServer, type ServerAddress } from './product-server.client.ts';

export type RecordKind = 'interactions' | 'feedback';
export type Refused = {
	readonly kind: RecordKind;
	readonly code: string;
	readonly reason: string;
	readonly record: string;
};

/** What has been answered, in order and without a gap: everything up to `mark` is durable or refused for good. */
export type Progress<Mark> = {
	readonly mark: Mark | undefined;
	readonly accepted: number;
	readonly refused: number;
};

export type RecordSender<Mark> = {
	/** Adds a record; it is sent when enough have come together. */
	readonly add: (kind: RecordKind, record: unknown) => void;
	/** Says that everything added so far belongs before `mark`; waits while the server has its hands full. */
	readonly mark: (mark: Mark) => Promise<void>;
	/** Sends the rest and waits for every answer. */
	readonly finish: () => Promise<void>;
	/** Waits for the answers still on their way, sending nothing more. */
	readonly settle: () => Promise<void>;
	readonly progress: () => Progress<Mark>;
};

/** The records between two marks, and what became of them. */
type Wave<Mark> = {
	mark: Mark | undefined;
	records: number;
	waiting: number;
	accepted: number;
	refused: number;
};

const kinds: readonly RecordKind[] = ['interactions', 'feedback'];

const recordsPerRequest = 5000;
const bytesPerRequest = 2 * 1024 * 1024;

/**
 * Sends records in requests of some thousands, several at a time. Marks are passed in the order they were made, each only when
 * every record before it has its answer, whatever order the answers came in.
 */
export function recordSender<Mark>(
	server: ServerAddress,
	options: {
		readonly inFlight: number;
		readonly patience: Patience;
		readonly onRefused: (refused: Refused) => void;
		readonly onProgress: () => void;
	},
): RecordSender<Mark> {
	const memory = bodyMemory();
	const buffers: Record<RecordKind, LineBuffer> = {
		interactions: lineBuffer(memory),
		feedback: lineBuffer(memory),
	};
	const waves: Wave<Mark>[] = [];
	let open = emptyWave<Mark>();
	const underWay = new Set<Promise<void>>();
	let passed: Progress<Mark> = { mark: undefined, accepted: 0, refused: 0 };
	let failure: unknown;

	const passFinished = () => {
		for (let wave = waves[0]; wave && wave.waiting === 0; wave = waves[0]) {
			passed = {
				mark: wave.mark,
				accepted: passed.accepted + wave.accepted,
				refused: passed.refused + wave.refused,
			};
			waves.shift();
		}
		options.onProgress();
	};

	const send = async (kind: RecordKind, count: number, body: Buffer, wave: Wave<Mark>) => {
		const answer = await ask(
			server,
			{ method: 'POST', path: `/v1/${kind}`, body, type: 'application/x-ndjson' },
			options.patience,
		);
		const receipt = answer.kind === 'answered' ? receiptSchema.safeParse(answer.body) : undefined;
		if (receipt?.success) {
			wave.accepted += receipt.data.accepted;
			wave.refused += receipt.data.refused;
			for (const { line, code, reason } of receipt.data.refusals)
				options.onRefused({ kind, code, reason, record: lineAt(body, line) });
		} else if (answer.kind === 'refused' && answer.code === 'items-refused') {
			// Not one of them was taken; which, and why, stands where other requests name their parameters.
			wave.refused += count;
			for (const { name, reason } of answer.places)
				options.onRefused({
					kind,
					code: answer.code,
					reason: `${name}: ${reason}`,
					record: lineAt(body, Number.parseInt(name, 10) || 1),
				});
		} else if (answer.kind === 'refused') throw refusedByServer(server, answer);
		else throw new Error(`${server.url} answered POST /v1/${kind} without a receipt`);
	};

	const start = (kind: RecordKind) => {
		const wave = open;
		const buffer = buffers[kind];
		const count = buffer.count();
		if (count === 0) return;
		wave.waiting += 1;
		const body = buffer.take();
		const request = send(kind, count, body, wave)
			.then(() => {
				wave.waiting -= 1;
				passFinished();
			})
			.catch((error: unknown) => {
				failure ??= error;
			})
			.finally(() => {
				underWay.delete(request);
				memory.giveBack(body);
			});
		underWay.add(request);
	};

	const closeWave = (mark: Mark) => {
		open.mark = mark;
		for (const kind of kinds) start(kind);
		waves.push(open);
		open = emptyWave();
		passFinished();
	};

	const settle = async () => {
		while (underWay.size > 0) await Promise.race(underWay);
	};

	let last: Mark | undefined;
	return {
		add: (kind, record) => {
			const buffer = buffers[kind];
			buffer.add(JSON.stringify(record));
			open.records += 1;
			if (buffer.count() >= 2 * recordsPerRequest || buffer.bytes() >= bytesPerRequest) start(kind);
		},
		mark: async mark => {
			last = mark;
			if (open.records < recordsPerRequest && open.waiting === 0) return;
			closeWave(mark);
			while (underWay.size >= options.inFlight && failure === undefined) await Promise.race(underWay);
			if (failure !== undefined) throw failure;
		},
		finish: async () => {
			if (last !== undefined) closeWave(last);
			await settle();
			if (failure !== undefined) throw failure;
		},
		settle,
		progress: () => passed,
	};
}

function emptyWave<Mark>(): Wave<Mark> {
	return { mark: undefined, records: 0, waiting: 0, accepted: 0, refused: 0 };
}
