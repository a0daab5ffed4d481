import { receiptSchema } from '@touchstone/domain/interactions/intake.contract';
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

type Wave<Mark> = { mark: Mark; waiting: number; accepted: number; refused: number };

const recordsPerRequest = 5000;
const bytesPerRequest = 4 * 1024 * 1024;

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
	const buffers: Record<RecordKind, string[]> = { interactions: [], feedback: [] };
	const waves: Wave<Mark>[] = [];
	const underWay = new Set<Promise<void>>();
	let buffered = { records: 0, bytes: 0 };
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

	const send = async (kind: RecordKind, lines: readonly string[], wave: Wave<Mark>) => {
		const answer = await ask(
			server,
			{ method: 'POST', path: `/v1/${kind}`, body: lines.join('\n'), type: 'application/x-ndjson' },
			options.patience,
		);
		const receipt = answer.kind === 'answered' ? receiptSchema.safeParse(answer.body) : undefined;
		if (receipt?.success) {
			wave.accepted += receipt.data.accepted;
			wave.refused += receipt.data.refused;
			for (const { line, code, reason } of receipt.data.refusals)
				options.onRefused({ kind, code, reason, record: lines[line - 1] ?? '' });
		} else if (answer.kind === 'refused' && answer.code === 'nothing-accepted') {
			wave.refused += lines.length;
			options.onRefused({ kind, code: answer.code, reason: answer.detail, record: lines[0] ?? '' });
		} else if (answer.kind === 'refused') throw refusedByServer(server, answer);
		else throw new Error(`${server.url} answered POST /v1/${kind} without a receipt`);
	};

	const flush = (mark: Mark) => {
		const wave: Wave<Mark> = { mark, waiting: 0, accepted: 0, refused: 0 };
		waves.push(wave);
		for (const kind of ['interactions', 'feedback'] as const) {
			const lines = buffers[kind];
			buffers[kind] = [];
			for (let start = 0; start < lines.length; start += recordsPerRequest) {
				wave.waiting += 1;
				const request = send(kind, lines.slice(start, start + recordsPerRequest), wave)
					.then(() => {
						wave.waiting -= 1;
						passFinished();
					})
					.catch((error: unknown) => {
						failure ??= error;
					})
					.finally(() => underWay.delete(request));
				underWay.add(request);
			}
		}
		buffered = { records: 0, bytes: 0 };
		passFinished();
	};

	const settle = async () => {
		while (underWay.size > 0) await Promise.race(underWay);
	};

	let last: Mark | undefined;
	return {
		add: (kind, record) => {
			const line = JSON.stringify(record);
			buffers[kind].push(line);
			buffered.records += 1;
			buffered.bytes += line.length;
		},
		mark: async mark => {
			last = mark;
			if (buffered.records < recordsPerRequest && buffered.bytes < bytesPerRequest) return;
			flush(mark);
			while (underWay.size >= options.inFlight && failure === undefined) await Promise.race(underWay);
			if (failure !== undefined) throw failure;
		},
		finish: async () => {
			if (last !== undefined) flush(last);
			await settle();
			if (failure !== undefined) throw failure;
		},
		settle,
		progress: () => passed,
	};
}
