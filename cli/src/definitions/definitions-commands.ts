import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Definitions } from '@touchstone/domain/definitions/definitions';
import {
	applyDefinitions,
	readDefinitions,
	readFindings,
} from '@touchstone/domain/definitions/definitions.contract';
import { diffWords } from '@touchstone/domain/definitions/definitions-diff';
import { readDefinitionsFile, writeDefinitionsFile } from '@touchstone/domain/definitions/definitions-file';
import { type Finding, findings } from '@touchstone/domain/definitions/findings';
import type { Command } from 'commander';
import { askServer } from '../ask-server.client.ts';
import { CommandFailed } from '../command-failed.ts';
import { instantArgument } from '../instant-argument.ts';
import { findServer } from '../server-connection.store.ts';
import type { Terminal } from '../terminal.ts';

/** `export`, `apply` and `lint`: definitions as a file. */
export function addDefinitionsCommands(program: Command, terminal: Terminal): void {
	program
		.command('export')
		.summary('write everything that is defined as touchstone.yaml')
		.description('Writes promises, moments, owners, units and the company as YAML, to FILE or to the output.')
		.argument('[file]', 'where to write it; without it, to the output')
		.action(async (file: string | undefined, _, command: Command) => {
			const { definitions } = await askServer(
				findServer(command.optsWithGlobals(), terminal),
				readDefinitions,
			);
			const text = writeDefinitionsFile(definitions);
			if (file === undefined) return terminal.out(text);
			await writeFile(resolve(terminal.folder, file), text).catch((error: Error) => {
				throw new CommandFailed(`${file} cannot be written: ${error.message}.`, 1, { cause: error });
			});
			terminal.note(`Wrote ${file}.\n`);
		});

	program
		.command('apply')
		.summary('make the definitions what a file says')
		.description(
			'Creates, updates and archives until the definitions are what FILE says, all or nothing, and prints the difference.',
		)
		.argument('<file>', 'a touchstone.yaml; - reads the input')
		.option('--dry-run', 'print the difference and change nothing')
		.option(
			'--effective-from <time>',
			'from which occasions on changed promises judge, like 2026-03-01 (default: now)',
			instantArgument,
		)
		.action(async (file: string, options: { dryRun?: boolean; effectiveFrom?: string }, command: Command) => {
			const definitions = await readDefinitionsFrom(file, terminal);
			const server = findServer(command.optsWithGlobals(), terminal);
			const applied = await askServer(server, applyDefinitions, {
				query: {
					dryRun: options.dryRun ? 'true' : 'false',
					...(options.effectiveFrom === undefined ? {} : { effectiveFrom: options.effectiveFrom }),
				},
				body: definitions,
			});
			terminal.out(`${diffWords(applied.changes)}\n`);
			if (applied.dryRun) terminal.note('A dry run: nothing was changed.\n');
			if (applied.renameJob !== null) {
				terminal.note(
					`Past interactions are being named anew; follow it with \`touchstone jobs show ${applied.renameJob}\`.\n`,
				);
			}
		});

	program
		.command('lint')
		.summary('list what in the definitions someone should look at')
		.description(
			'Lists the findings about the definitions of the server, or about FILE without asking a server. Exits with 1 when there are any.',
		)
		.argument('[file]', 'a touchstone.yaml; - reads the input')
		.action(async (file: string | undefined, _, command: Command) => {
			const found =
				file === undefined
					? (await askServer(findServer(command.optsWithGlobals(), terminal), readFindings)).findings
					: findings(await readDefinitionsFrom(file, terminal), []);
			terminal.out(findingsInWords(found));
			if (found.length > 0) terminal.exitWith(1);
		});
}

async function readDefinitionsFrom(file: string, terminal: Terminal): Promise<Definitions> {
	const text = await (file === '-'
		? terminal.input()
		: readFile(resolve(terminal.folder, file), 'utf8')
	).catch((error: Error) => {
		throw new CommandFailed(`${file} cannot be read: ${error.message}.`, 2, { cause: error });
	});
	const read = readDefinitionsFile(text);
	if (read.kind === 'read') return read.definitions;
	const problems = read.problems.map(
		({ line, column, place, reason }) =>
			`\n  ${file}:${line}:${column} ${place ? `${place}: ` : ''}${reason}`,
	);
	throw new CommandFailed(`${file} does not hold together; nothing was changed.${problems.join('')}`, 2);
}

function findingsInWords(found: readonly Finding[]): string {
	if (found.length === 0) return 'No findings.\n';
	const lines = found.map(({ code, message, advice }) => `${code}\n  ${message}\n  → ${advice}\n`);
	return `${lines.join('')}${found.length} findings.\n`;
}
