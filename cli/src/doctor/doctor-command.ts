import type { Command } from 'commander';
import { findServer } from '../server-connection.store.ts';
import type { Terminal } from '../terminal.ts';
import type { Check } from './checks.ts';
import { examine } from './examine.client.ts';

/** `doctor`: what is configured, reachable and wrong. */
export function addDoctorCommand(program: Command, terminal: Terminal): void {
	program
		.command('doctor')
		.summary('say what is configured, reachable and wrong')
		.description(
			'Looks at the address, the key, the server, its stores, disk, clock and jobs, and says what to do. Exits with 1 when something is wrong.',
		)
		.action(async (_, command: Command) => {
			const server = findServer(command.optsWithGlobals(), terminal);
			const checks = await examine(server, terminal.environment);
			terminal.out(checks.map(checkInWords).join(''));
			const wrong = checks.filter(({ state }) => state === 'wrong').length;
			terminal.out(
				wrong === 0 ? 'Nothing is wrong.\n' : `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong.\n`,
			);
			if (wrong > 0) terminal.exitWith(1);
		});
}

function checkInWords(check: Check): string {
	const sign = { fine: 'ok   ', look: 'look ', wrong: 'WRONG' }[check.state];
	const line = `${sign}  ${check.about.padEnd(15)}  ${check.found}\n`;
	return check.state === 'fine' ? line : `${line}${' '.repeat(24)}→ ${check.advice}\n`;
}
