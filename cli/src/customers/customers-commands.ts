import { eraseCustomers } from '@touchstone/domain/customers/erasure.contract';
import {
	liftSuppression,
	listSuppressions,
	suppressCustomer,
} from '@touchstone/domain/customers/suppression.contract';
import type { Command } from 'commander';
import { askServer } from '../ask-server.client.ts';
import { CommandFailed } from '../command-failed.ts';
import { findServer } from '../server-connection.store.ts';
import type { Terminal } from '../terminal.ts';
import { textTable } from '../text-table.ts';

type EraseOptions = {
	readonly anonymous?: string[];
	readonly suppress?: boolean;
	readonly reason?: string;
	readonly yes?: boolean;
};

/** `erase`, `suppress`, `unsuppress` and `suppressed`: what customers may demand. */
export function addCustomersCommands(program: Command, terminal: Terminal): void {
	program
		.command('erase')
		.summary('erase customers and keep the counts')
		.description(
			'Removes who these customers are from everything stored; figures stay as they are. This cannot be undone, so it needs --yes.',
		)
		.argument('[customers...]', 'the ids of customers')
		.option('--anonymous <id...>', 'the anonymous ids of visitors')
		.option('--suppress', 'also refuse everything that still arrives of them')
		.option('--reason <text>', 'why, for the record')
		.option('--yes', 'really do it')
		.action(async (customers: string[], options: EraseOptions, command: Command) => {
			const anonymousIds = options.anonymous ?? [];
			if (customers.length + anonymousIds.length === 0) {
				throw new CommandFailed(
					'Say whom to erase: ids of customers, or --anonymous with ids of visitors.',
					2,
				);
			}
			if (!options.yes) {
				throw new CommandFailed('Erasing cannot be undone: say --yes if these ids are right.', 2);
			}
			const { job } = await askServer(findServer(command.optsWithGlobals(), terminal), eraseCustomers, {
				body: {
					customers,
					anonymousIds,
					suppress: options.suppress ?? false,
					reason: options.reason ?? '',
				},
			});
			terminal.out(`${job}\n`);
			terminal.note(`The erasure is under way; follow it with \`touchstone jobs show ${job}\`.\n`);
		});

	program
		.command('suppress')
		.summary('record nothing more of a customer')
		.argument('<customer>', 'the id of the customer')
		.option('--reason <text>', 'why, for the record')
		.action(async (customer: string, options: { reason?: string }, command: Command) => {
			await askServer(findServer(command.optsWithGlobals(), terminal), suppressCustomer, {
				params: { customer },
				body: { reason: options.reason ?? '' },
			});
			terminal.note(`From now on everything of ${customer} is refused.\n`);
		});

	program
		.command('unsuppress')
		.summary('record a customer again')
		.argument('<customer>', 'the id of the customer')
		.action(async (customer: string, _, command: Command) => {
			await askServer(findServer(command.optsWithGlobals(), terminal), liftSuppression, {
				params: { customer },
			});
			terminal.note(`From now on ${customer} is recorded again.\n`);
		});

	program
		.command('suppressed')
		.summary('list who is suppressed')
		.action(async (_, command: Command) => {
			const server = findServer(command.optsWithGlobals(), terminal);
			const rows: string[][] = [];
			for (let cursor: string | null | undefined; cursor !== null; ) {
				const page = await askServer(server, listSuppressions, {
					query: { limit: 500, ...(cursor ? { cursor } : {}) },
				});
				rows.push(...page.items.map(({ customer, at, reason }) => [customer, at, reason]));
				cursor = page.nextCursor;
			}
			terminal.out(
				rows.length === 0
					? 'Nobody is suppressed.\n'
					: `${textTable(['customer', 'since', 'reason'], rows)}\n`,
			);
		});
}
