import { Command } from 'commander';
import cli from '../package.json' with { type: 'json' };
import { addKeysCommands } from './access/keys-commands.ts';
import { addSignInLinkCommand } from './access/sign-in-link-command.ts';
import { addCustomersCommands } from './customers/customers-commands.ts';
import { addDefinitionsCommands } from './definitions/definitions-commands.ts';
import { addDoctorCommand } from './doctor/doctor-command.ts';
import { addImportCommand } from './import-command.ts';
import { addRefusalsCommands } from './interactions/refusals-commands.ts';
import { addJobsCommands } from './jobs/jobs-commands.ts';
import { addReportCommand } from './reports/report-command.ts';
import type { Terminal } from './terminal.ts';

/** The tree of all commands. docs/cli.md documents each of them, and a test compares both ways. */
export function buildProgram(terminal: Terminal): Command {
	const program = new Command('touchstone')
		.description('Register promises, send what happens, and read which promises were kept and broken.')
		.version(cli.version, '--version', 'print the version')
		.option('--server <url>', 'where the server is (or TOUCHSTONE_URL; default: http://127.0.0.1:7700)')
		.option('--key <key>', "an API key (or TOUCHSTONE_KEY; default: the installation's own)")
		.option('--data <folder>', "the installation's data folder (or TOUCHSTONE_DATA; default: .touchstone)")
		.configureOutput({ writeOut: terminal.out, writeErr: terminal.note })
		.showHelpAfterError(false)
		.exitOverride();
	addDefinitionsCommands(program, terminal);
	addImportCommand(program, terminal);
	addReportCommand(program, terminal);
	addRefusalsCommands(program, terminal);
	addJobsCommands(program, terminal);
	addCustomersCommands(program, terminal);
	addKeysCommands(program, terminal);
	addSignInLinkCommand(program, terminal);
	addDoctorCommand(program, terminal);
	return program;
}
