import { connect, type Socket } from 'node:net';
import { type BodyTemplate, numbered } from './intake-events.ts';

export type Load = {
	readonly port: number;
	readonly path: string;
	readonly key: string;
	readonly connections: number;
	readonly seconds: number;
	readonly warmUpSeconds: number;
	readonly bodies: readonly BodyTemplate[];
};

export type LoadResult = {
	readonly requestsPerSecond: number;
	/** All that were answered 200, those of the warm-up too, and how long that took. */
	readonly answered: number;
	readonly seconds: number;
	readonly p50: number;
	readonly p99: number;
	readonly slowest: number;
	/** Answers other than 200, by status. */
	readonly errors: Readonly<Record<string, number>>;
};

let requestNumber = 0;

/**
 * Sends requests over so many kept-open connections, the next as soon as one is answered. Speaks HTTP over bare sockets, so
 * that the generator takes as little as possible of the two cores it shares with what it measures.
 */
export async function generateLoad(load: Load): Promise<LoadResult> {
	const begin = performance.now() + load.warmUpSeconds * 1_000;
	const end = begin + load.seconds * 1_000;
	const latencies: number[] = [];
	const errors: Record<string, number> = {};
	let answered = 0;
	const begun = performance.now();
	await Promise.all(Array.from({ length: load.connections }, () => one()));
	latencies.sort((a, b) => a - b);
	return {
		requestsPerSecond: latencies.length / load.seconds,
		answered,
		seconds: (performance.now() - begun) / 1_000,
		p50: quantile(latencies, 0.5),
		p99: quantile(latencies, 0.99),
		slowest: latencies.at(-1) ?? Number.NaN,
		errors,
	};

	function one(): Promise<void> {
		return new Promise((resolve, reject) => {
			const socket = connect({ host: '127.0.0.1', port: load.port, noDelay: true });
			let sentAt = 0;
			const next = () => {
				sentAt = performance.now();
				if (sentAt >= end) {
					socket.end();
					resolve();
				} else send(socket, load);
			};
			let answer = '';
			socket.on('data', (chunk: Buffer) => {
				answer += chunk.toString('latin1');
				const headEnd = answer.indexOf('\r\n\r\n');
				if (headEnd === -1) return;
				const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
				if (answer.length < headEnd + 4 + length) return;
				const status = answer.slice(9, 12);
				const now = performance.now();
				if (status === '200') {
					answered += 1;
					if (now >= begin && now <= end) latencies.push(now - sentAt);
				} else errors[status] = (errors[status] ?? 0) + 1;
				answer = '';
				next();
			});
			socket.on('error', reject);
			socket.on('connect', next);
		});
	}
}

function send(socket: Socket, load: Load): void {
	requestNumber += 1;
	const body = load.bodies[requestNumber % load.bodies.length];
	if (!body) throw new RangeError('bodies must hold at least one');
	const bytes = numbered(body, requestNumber);
	const head = `POST ${load.path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${load.key}\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`;
	// Copied, because the template is filled again before the socket may have sent it.
	socket.write(Buffer.concat([Buffer.from(head, 'latin1'), bytes]));
}

function quantile(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
