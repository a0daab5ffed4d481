import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { CommandFailed } from './command-failed.ts';
import type { Terminal } from './terminal.ts';

/** What every command may be told about the server it asks. */
export type ServerOptions = { readonly server?: string; readonly key?: string; readonly data?: string };

/** Where the server is, the key it knows us by, and how both were found. */
export type ServerConnection = {
	readonly url: string;
	readonly urlFrom: string;
	readonly key: string | undefined;
	readonly keyFrom: string;
	readonly dataFolder: string;
};

const usualAddress = 'http://127.0.0.1:7700';

/**
 * Finds the server and the key: what the command says, then the environment, then what an embedded installation has written
 * into its data folder. The installation's own key is shown to no server but its own.
 * @throws CommandFailed when an address is none
 */
export function findServer(options: ServerOptions, terminal: Terminal): ServerConnection {
	const dataFolder = findDataFolder(options, terminal);
	const running = readRunFile(dataFolder, 'address');
	const given = firstOf(
		[options.server, '--server'],
		[terminal.environment.TOUCHSTONE_URL, 'TOUCHSTONE_URL'],
		[running, join(dataFolder, 'run', 'address')],
	) ?? { value: usualAddress, from: 'the usual address' };
	const url = httpAddress(given.value, given.from);
	const key = firstOf(
		[options.key, '--key'],
		[terminal.environment.TOUCHSTONE_KEY, 'TOUCHSTONE_KEY'],
		[
			url === (running ? httpAddress(running, 'run/address') : usualAddress)
				? readRunFile(dataFolder, 'admin-key')
				: undefined,
			join(dataFolder, 'run', 'admin-key'),
		],
	);
	return { url, urlFrom: given.from, key: key?.value, keyFrom: key?.from ?? 'nowhere', dataFolder };
}

/** The data folder of the installation this command belongs to: as told, or the one here, or the one of the checkout. */
function findDataFolder(options: ServerOptions, { environment, folder }: Terminal): string {
	const told = options.data ?? environment.TOUCHSTONE_DATA;
	if (told) return isAbsolute(told) ? told : resolve(folder, told);
	const here = resolve(folder, '.touchstone');
	const checkout = resolve(import.meta.dirname, '..', '..', '.touchstone');
	return existsSync(here) || !existsSync(checkout) ? here : checkout;
}

function readRunFile(dataFolder: string, name: string): string | undefined {
	try {
		return readFileSync(join(dataFolder, 'run', name), 'utf8').trim() || undefined;
	} catch {
		// Not there, or not ours to read: then it is no source of an address or a key.
		return undefined;
	}
}

function firstOf(...sources: [value: string | undefined, from: string][]) {
	for (const [value, from] of sources) if (value) return { value, from };
	return undefined;
}

function httpAddress(text: string, from: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href.replace(/\/$/, '');
	throw new CommandFailed(
		`The server address from ${from} must begin with http:// or https://, got "${text}".`,
		2,
	);
}
