import { whatKeysMayDo } from '@touchstone/domain/access/api-key';
import { createKey, listKeys, revokeKey } from '@touchstone/domain/access/api-keys.contract';
import { type KeyScope, keyScopes } from '@touchstone/domain/http/contract';
import { type Command, Option } from 'commander';
import { askServer } from '../ask-server.client.ts';
import { findServer } from '../server-connection.store.ts';
import type { Terminal } from '../terminal.ts';
import { textTable } from '../text-table.ts';

/** `keys create`, `keys list` and `keys revoke`: what programs show the server. */
export function addKeysCommands(program: Command, terminal: Terminal): void {
	const keys = program.command('keys').summary('make, list and revoke API keys');

	keys
		.command('create')
		.summary('make a key and show it this once')
		.description(
			`Makes a key and prints it; it is stored hashed and cannot be shown again.\n\n${keyScopes
				.map(scope => `  ${scope.padEnd(6)}  ${whatKeysMayDo[scope]}`)
				.join('\n')}`,
		)
		.argument('<name>', 'what it is for, like "web shop"')
		.addOption(new Option('--scope <scope>', 'what it may do').choices(keyScopes).makeOptionMandatory())
		.action(async (name: string, { scope }: { scope: KeyScope }, command: Command) => {
			const server = findServer(command.optsWithGlobals(), terminal);
			const made = await askServer(server, createKey, { body: { name, scope } });
			terminal.out(`${made.text}\n`);
			terminal.note('Keep it now: it is not shown again.\n');
		});

	keys
		.command('list')
		.summary('list the keys with their last use')
		.action(async (_, command: Command) => {
			const { items } = await askServer(findServer(command.optsWithGlobals(), terminal), listKeys);
			const rows = items.map(key => [
				key.id,
				key.name,
				key.scope,
				`${key.prefix}…`,
				key.createdAt,
				key.createdBy,
				key.lastUsedAt ?? 'never',
				key.revokedAt ?? '',
			]);
			const heads = ['id', 'name', 'scope', 'begins', 'created', 'by', 'last used', 'revoked'];
			terminal.out(`${textTable(heads, rows)}\n`);
		});

	keys
		.command('revoke')
		.summary('end a key for good')
		.argument('<id>', 'the id of the key, as `touchstone keys list` shows it')
		.action(async (id: string, _, command: Command) => {
			const server = findServer(command.optsWithGlobals(), terminal);
			const { name } = await askServer(server, revokeKey, { params: { id } });
			terminal.note(`The key "${name}" is revoked; every process refuses it within seconds.\n`);
		});
}
