import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export type Sent = { readonly method: string; readonly path: string; readonly lines: readonly string[] };
export type Reply = {
	readonly status: number;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
};

/** A server that answers what the test says, for what the product does rarely: overload, outages, refusals. */
export async function scriptedServer(
	reply: (sent: Sent, place: number) => Reply | 'hang-up' | Promise<Reply | 'hang-up'>,
): Promise<{ readonly url: string; readonly sent: readonly Sent[] }> {
	const sent: Sent[] = [];
	const server = createServer(async (request, response) => {
		const asked = await readWhole(request);
		sent.push(asked);
		const answer = await reply(asked, sent.length);
		if (answer === 'hang-up') {
			request.socket.destroy();
			return;
		}
		response
			.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
			.end(JSON.stringify(answer.body ?? {}));
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', () => resolve());
	});
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
	return { url: `http://127.0.0.1:${port}`, sent };
}

async function readWhole(request: IncomingMessage): Promise<Sent> {
	const body = await text(request);
	return {
		method: request.method ?? '',
		path: request.url ?? '',
		lines: body.split('\n').filter(line => line !== ''),
	};
}
