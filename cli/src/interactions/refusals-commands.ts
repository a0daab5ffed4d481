import {
	listRefusalGroups,
	listRefusals,
	type ReplayAnswer,
	replayRefusal,
	replayRefusals,
} from '@touchstone/domain/interactions/refusals.contract';
import type { Command } from 'commander';
import { askServer } from '../ask-server.client.ts';
import { CommandFailed } from '../command-failed.ts';
import { countArgument } from '../count-argument.ts';
import { findServer } from '../server-connection.store.ts';
import type { Terminal } from '../terminal.ts';
import { textTable } from '../text-table.ts';

/** `refusals list` and `refusals replay`: what the intake refused, and taking it in after all. */
export function addRefusalsCommands(program: Command, terminal: Terminal): void {
	const refusals = program.command('refusals').summary('see and replay what the intake refused');

	refusals
		.command('list')
		.summary('list what was refused and why')
		.description(
			'Lists what the intake refused by source and reason, or, with --code or --source, the items themselves, newest first.',
		)
		.option('--code <code>', 'the items refused for this reason')
		.option('--source <source>', 'the items of this source')
		.option('--limit <count>', 'how many items at most', countArgument(500), 20)
		.action(async (options: { code?: string; source?: string; limit: number }, command: Command) => {
			const server = findServer(command.optsWithGlobals(), terminal);
			if (options.code === undefined && options.source === undefined) {
				const { groups } = await askServer(server, listRefusalGroups);
				terminal.out(groups.length === 0 ? 'Nothing was refused.\n' : groupsInWords(groups));
				return;
			}
			const { items } = await askServer(server, listRefusals, { query: options });
			if (items.length === 0) return terminal.out('Nothing of this kind is kept.\n');
			const lines = items.map(
				({ id, at, source, code, detail, payload, truncated }) =>
					`${id}  ${at}  ${source}  ${code}\n  ${detail}\n  ${payload}${truncated ? ' … (cut)' : ''}\n`,
			);
			terminal.out(lines.join(''));
		});

	refusals
		.command('replay')
		.summary('take refused items in again')
		.description(
			'Takes one refused item in again, by its id, or everything kept of one reason, by --code and perhaps --source. Exits with 1 when something is refused again.',
		)
		.argument('[id]', 'the id of one item')
		.option('--code <code>', 'everything refused for this reason')
		.option('--source <source>', 'only of this source')
		.action(async (id: string | undefined, options: { code?: string; source?: string }, command: Command) => {
			const { code, source } = options;
			if ((id === undefined) === (code === undefined) || (id !== undefined && source !== undefined)) {
				throw new CommandFailed(
					'Say which: either the id of one item, or --code with or without --source.',
					2,
				);
			}
			const server = findServer(command.optsWithGlobals(), terminal);
			const answer =
				id === undefined
					? await askServer(server, replayRefusals, {
							body: { code: code ?? '', ...(source === undefined ? {} : { source }) },
						})
					: await askServer(server, replayRefusal, { params: { id } });
			terminal.out(replayInWords(answer));
			if (answer.refusedAgain > 0) terminal.exitWith(1);
		});
}

function groupsInWords(
	groups: readonly {
		source: string;
		code: string;
		count: number;
		waiting: number;
		lastAt: string;
		meaning: string;
	}[],
): string {
	const rows = groups.map(({ source, code, count, waiting, lastAt, meaning }) => [
		source,
		code,
		count,
		waiting,
		lastAt,
		meaning,
	]);
	return `${textTable(['source', 'code', 'refused', 'kept', 'last', 'meaning'], rows)}\n`;
}

function replayInWords({ replayed, refusedAgain, notReplayable }: ReplayAnswer): string {
	return `${replayed} taken in, ${refusedAgain} refused again, ${notReplayable} cannot be replayed.\n`;
}
