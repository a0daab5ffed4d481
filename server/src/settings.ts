import { z } from 'zod';

const settingsSchema = z.object({
	TOUCHSTONE_DATA: z.string().min(1).default('.touchstone'),
	TOUCHSTONE_HOST: z.string().min(1).default('127.0.0.1'),
	TOUCHSTONE_PORT: z.coerce.number().int().min(0).max(65_535).default(7700),
	DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
	CLICKHOUSE_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
	TOUCHSTONE_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
	TOUCHSTONE_PROXIES: z.string().optional(),
	TOUCHSTONE_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
	TOUCHSTONE_SMTP: z
		.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' })
		.optional(),
	TOUCHSTONE_MAIL_FROM: z.string().min(3).optional(),
	TOUCHSTONE_OIDC: z.string().min(1).optional(),
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
	/** The address people reach the product by; left out, the one it listens on. */
	readonly url?: string;
	/** Addresses of proxies whose word on where a request comes from is taken, separated by commas. */
	readonly proxies?: string;
	/** What sessions are signed with; left out, kept in the data folder. */
	readonly secret?: string;
	/** A mail server, and the address mails come from. */
	readonly mail?: { readonly url: string; readonly from: string };
	/** A file that names OpenID Connect providers. */
	readonly oidcFile?: string;
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
	if (data.TOUCHSTONE_SMTP && !data.TOUCHSTONE_MAIL_FROM) {
		return {
			wrong: 'TOUCHSTONE_MAIL_FROM must say which address mails come from, since TOUCHSTONE_SMTP is set',
		};
	}
	return {
		dataFolder: data.TOUCHSTONE_DATA,
		host: data.TOUCHSTONE_HOST,
		port: data.TOUCHSTONE_PORT,
		...(data.DATABASE_URL ? { databaseUrl: data.DATABASE_URL } : {}),
		...(data.CLICKHOUSE_URL ? { clickhouseUrl: data.CLICKHOUSE_URL } : {}),
		...(data.TOUCHSTONE_URL ? { url: data.TOUCHSTONE_URL } : {}),
		...(data.TOUCHSTONE_PROXIES ? { proxies: data.TOUCHSTONE_PROXIES } : {}),
		...(data.TOUCHSTONE_SECRET ? { secret: data.TOUCHSTONE_SECRET } : {}),
		...(data.TOUCHSTONE_SMTP && data.TOUCHSTONE_MAIL_FROM
			? { mail: { url: data.TOUCHSTONE_SMTP, from: data.TOUCHSTONE_MAIL_FROM } }
			: {}),
		...(data.TOUCHSTONE_OIDC ? { oidcFile: data.TOUCHSTONE_OIDC } : {}),
		logLevel: data.LOG_LEVEL,
	};
}
