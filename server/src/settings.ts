import { z } from 'zod';

const settingsSchema = z.object({
	TOUCHSTONE_DATA: z.string().min(1).default('.touchstone'),
	TOUCHSTONE_HOST: z.string().min(1).default('127.0.0.1'),
	TOUCHSTONE_PORT: z.coerce.number().int().min(0).max(65_535).default(7700),
	DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
	CLICKHOUSE_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
	LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** How an installation is set up, from its environment. */
export type Settings = {
	readonly dataFolder: string;
	readonly host: string;
	/** 0 takes a free port. */
	readonly port: number;
	/** A PostgreSQL server instead of the embedded one. */
	readonly databaseUrl?: string;
	/** A ClickHouse server instead of the embedded engine. */
	readonly clickhouseUrl?: string;
	readonly logLevel: string;
};

/** Reads the settings, or says in a sentence which of them is wrong. */
export function readSettings(
	environment: Readonly<Record<string, string | undefined>>,
): Settings | { readonly wrong: string } {
	const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
	const result = settingsSchema.safeParse(given);
	if (!result.success) {
		return { wrong: result.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`).join('; ') };
	}
	const { data } = result;
	return {
		dataFolder: data.TOUCHSTONE_DATA,
		host: data.TOUCHSTONE_HOST,
		port: data.TOUCHSTONE_PORT,
		...(data.DATABASE_URL ? { databaseUrl: data.DATABASE_URL } : {}),
		...(data.CLICKHOUSE_URL ? { clickhouseUrl: data.CLICKHOUSE_URL } : {}),
		logLevel: data.LOG_LEVEL,
	};
}
