import type { Command } from 'commander';
import { CommandFailed } from './command-failed.ts';
import { countArgument } from './count-argument.ts';
import { runImport } from './import/run-import.ts';
import { keepHeapSmall } from './import/small-heap.ts';
import { findServer } from './server-connection.store.ts';
import type { Terminal } from './terminal.ts';

type ImportCommandOptions = {
	readonly dryRun?: boolean;
	readonly again?: boolean;
	readonly maxProblems?: number;
	readonly inFlight?: number;
	readonly patience?: number;
};

/** `import`: files into the log, by a mapping. */
export function addImportCommand(program: Command, terminal: Terminal): void {
	program
		.command('import')
		.summary('import CSV, NDJSON or Parquet files by a mapping')
		.description(
			'Sends the rows of FILES as interactions and feedback, as MAPPING says. Run again after an interruption, it goes on where it was.',
		)
		.argument('<mapping>', 'a YAML file that says what the columns mean')
		.argument('<files...>', 'files, folders, or WORD=PATH for a file the mapping calls by a word')
		.option('--dry-run', 'send nothing; show the first errors and a summary')
		.option('--again', 'send everything although it was imported before; it still counts once')
		.option(
			'--max-problems <count>',
			'stop after this many rows that cannot be understood',
			countArgument(1e9),
		)
		.option('--in-flight <count>', 'requests under way at the same time', countArgument(64))
		.option('--patience <seconds>', 'how long the server may be out of reach', countArgument(86_400))
		.action(async (mappingFile: string, files: string[], options: ImportCommandOptions, command: Command) => {
			const connection = options.dryRun ? undefined : findServer(command.optsWithGlobals(), terminal);
			if (connection && connection.key === undefined) {
				throw new CommandFailed(
					'A key is needed: give --key or TOUCHSTONE_KEY, or import with --dry-run.',
					2,
				);
			}
			keepHeapSmall();
			const outcome = await runImport({
				mappingFile,
				files,
				...(connection?.key === undefined ? {} : { server: { url: connection.url, key: connection.key } }),
				dryRun: options.dryRun ?? false,
				again: options.again ?? false,
				...(options.maxProblems === undefined ? {} : { maxProblems: options.maxProblems }),
				...(options.inFlight === undefined ? {} : { inFlight: options.inFlight }),
				...(options.patience === undefined ? {} : { patienceSeconds: options.patience }),
				signal: terminal.signal,
				...(terminal.columns === undefined
					? {}
					: { terminal: { write: terminal.note, columns: terminal.columns } }),
			});
			terminal.out(outcome.text.endsWith('\n') ? outcome.text : `${outcome.text}\n`);
			terminal.exitWith(outcome.exitCode);
		});
}
