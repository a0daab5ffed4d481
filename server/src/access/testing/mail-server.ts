import { createServer, type Socket } from 'node:net';

export type MailServer = {
	readonly url: string;
	readonly mails: readonly { readonly to: string; readonly text: string }[];
	/** Whether it refuses every recipient from now on. */
	refuses: boolean;
	close(): Promise<void>;
};

/** A mail server on loopback that keeps what it is given (RFC 5321, as little of it as a client needs). */
export async function openMailServer(): Promise<MailServer> {
	const mails: { to: string; text: string }[] = [];
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket);
		let to = '';
		let waiting = '';
		let inData = false;
		const say = (line: string) => socket.write(`${line}\r\n`);
		say('220 mail.example');
		socket.on('error', () => undefined);
		socket.on('data', chunk => {
			waiting += chunk.toString('utf8');
			for (;;) {
				const end = inData ? waiting.indexOf('\r\n.\r\n') : waiting.indexOf('\r\n');
				if (end < 0) return;
				const part = waiting.slice(0, end);
				waiting = waiting.slice(end + (inData ? 5 : 2));
				if (inData) {
					mails.push({ to, text: part });
					inData = false;
					say('250 kept');
				} else if (/^RCPT TO:/i.test(part)) {
					to = /<([^>]*)>/.exec(part)?.[1] ?? '';
					say(mailServer.refuses ? '550 nobody here' : '250 ok');
				} else if (/^DATA/i.test(part)) {
					inData = true;
					say('354 go on');
				} else if (/^QUIT/i.test(part)) {
					say('221 bye');
				} else {
					say('250 ok');
				}
			}
		});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
	const mailServer: MailServer = {
		url: `smtp://127.0.0.1:${address.port}`,
		mails,
		refuses: false,
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise(resolve => server.close(resolve));
		},
	};
	return mailServer;
}

/** What a mail says, as mail programs read it (quoted-printable, RFC 2045). */
export function unfolded(text: string): string {
	return text
		.replaceAll(/(?<!\?)=\r\n/g, '')
		.replaceAll('=3D', '=')
		.replaceAll('=23', '#');
}
