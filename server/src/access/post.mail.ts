import { createTransport } from 'nodemailer';

export type Invited = {
	readonly email: string;
	readonly invitedBy: string;
	readonly workspace: string;
	readonly link: string;
};

export type Post = {
	/** Sends an invitation. @throws Error with what the mail server said */
	invite(invited: Invited): Promise<void>;
	/** Sends a link by which somebody chooses a new password. @throws Error with what the mail server said */
	newPassword(lost: { readonly email: string; readonly link: string }): Promise<void>;
};

/**
 * Opens the way to a mail server.
 *
 * @param url smtp://user:password@host:587, or smtps:// for TLS from the first byte
 * @param from the address mails come from
 */
export function openPost(url: string, from: string): Post {
	const transport = createTransport(url, { from });
	return {
		async invite({ email, invitedBy, workspace, link }) {
			await transport.sendMail({
				to: { name: '', address: email },
				subject: `${plain(invitedBy)} invites you to ${plain(workspace)}`,
				text: `${invitedBy} invites you to the workspace "${workspace}" on Touchstone.

Accept here:
${link}

The link is good for seven days, once. If you did not expect it, do nothing.

-- 

${invitedBy} lädt Sie in den Arbeitsbereich "${workspace}" auf Touchstone ein. Der Link oben gilt sieben Tage und nur einmal.
Wenn Sie nichts damit anfangen können, tun Sie nichts.
`,
			});
		},
		async newPassword({ email, link }) {
			await transport.sendMail({
				to: { name: '', address: email },
				subject: 'A new password for Touchstone',
				text: `Somebody asked for a new password for this address on Touchstone. If it was you, choose it here:
${link}

The link is good for an hour, once. If it was not you, do nothing: your password stays as it is.

-- 

Jemand hat für diese Adresse ein neues Passwort bei Touchstone verlangt. Wenn Sie es waren, wählen Sie es über den Link oben; er
gilt eine Stunde und nur einmal. Wenn nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist.
`,
			});
		},
	};
}

/** A subject is one line. */
function plain(text: string): string {
	return text.replaceAll(/[\r\n]+/g, ' ').slice(0, 100);
}
