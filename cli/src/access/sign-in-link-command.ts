import { createSignInLink } from '@touchstone/domain/access/entry.contract';
import type { Command } from 'commander';
import { askServer } from '../ask-server.client.ts';
import { findServer } from '../server-connection.store.ts';
import type { Terminal } from '../terminal.ts';

/** `sign-in-link`: lets somebody in who has no password, or has lost it. */
export function addSignInLinkCommand(program: Command, terminal: Terminal): void {
	program
		.command('sign-in-link')
		.summary('print a link that signs somebody in once')
		.description(
			'Prints a link that signs somebody in once, within an hour. Somebody unknown becomes an admin of the workspace. Needs an admin key.',
		)
		.argument('<email>', 'their e-mail address')
		.option('--name <name>', 'how somebody unknown is called (default: the address)')
		.option('--forget-password', 'end their password, second factor and sessions, to choose a new password')
		.action(async (email: string, options: { name?: string; forgetPassword?: boolean }, command: Command) => {
			const { name = email, forgetPassword = false } = options;
			const server = findServer(command.optsWithGlobals(), terminal);
			const { link, expiresAt } = await askServer(server, createSignInLink, {
				body: { email, name, forgetPassword },
			});
			terminal.out(`${link}\n`);
			terminal.note(`It is good once, until ${expiresAt}. Whoever has it is signed in as ${email}.\n`);
		});
}
