import { CommanderError } from 'commander';
import { CommandFailed } from './command-failed.ts';
import { ImportStopped } from './import/import-stopped.ts';
import { buildProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command line, without the program's own name.
 * @returns the exit code: 0 done, 1 refused or failed, 2 given wrongly, 130 interrupted
 */
export async function runCommand(
	words: readonly string[],
	terminal: Omit<Terminal, 'exitWith'>,
): Promise<number> {
	let exitCode = 0;
	const program = buildProgram({
		...terminal,
		exitWith: code => {
			exitCode = code;
		},
	});
	try {
		await program.parseAsync([...words], { from: 'user' });
		return exitCode;
	} catch (error) {
		// Commander has said what is wrong already; help and the version end this way too, with 0.
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		if (error instanceof CommandFailed || error instanceof ImportStopped) {
			terminal.note(`${error.message}\n`);
			return error.exitCode;
		}
		if (terminal.signal.aborted) return 130;
		throw error;
	}
}
