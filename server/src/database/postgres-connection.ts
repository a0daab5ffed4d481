import pg from 'pg';

/** How to reach the transactional store: the fields `pg` needs, without any setting of our own. */
export type PostgresConnection = Readonly<
	Pick<pg.ClientConfig, 'connectionString' | 'host' | 'port' | 'user' | 'database' | 'options' | 'ssl'>
>;

/** Reads `DATABASE_URL`. Start-up options in it are kept, and ours are added after them. */
export function connectionFromUrl(databaseUrl: string): PostgresConnection {
	let url: URL;
	try {
		url = new URL(databaseUrl);
	} catch {
		throw new Error(
			'DATABASE_URL is not a URL; it must look like postgres://user:password@host:5432/database.',
		);
	}
	if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
		throw new Error(`DATABASE_URL must start with postgres:// or postgresql://, not with ${url.protocol}//.`);
	}
	const options = url.searchParams.get('options');
	url.searchParams.delete('options');
	return { connectionString: url.href, ...(options === null ? {} : { options }) };
}

/**
 * The settings of every connection: UTC, a role to start as, and values read as the schema's types say.
 * Without a role the connection acts as the user it signed in with; only migrations do.
 */
export function clientConfig(
	connection: PostgresConnection,
	settings: Readonly<Record<string, string>>,
): pg.ClientConfig {
	const ours = Object.entries({ timezone: 'UTC', ...noticeLostClients, ...settings }).map(
		([name, value]) => `-c ${name}=${value}`,
	);
	return {
		...connection,
		options: [connection.options, ...ours].filter(part => part !== undefined).join(' '),
		application_name: 'touchstone',
		connectionTimeoutMillis: 10_000,
		keepAlive: true,
		types: { getTypeParser: parserOf },
	};
}

// A server that keeps sessions of a machine that vanished would keep their locks too.
const noticeLostClients = {
	tcp_keepalives_idle: '30',
	tcp_keepalives_interval: '10',
	tcp_keepalives_count: '3',
};

const { builtins } = pg.types;

// `pg` types its parsers loosely because a parser may return anything; ours narrow two of them and leave the rest.
const parserOf: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
	if (oid === builtins.INT8 && format !== 'binary') return wholeNumber;
	if (oid === builtins.DATE && format !== 'binary') return String;
	return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
};

function wholeNumber(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value))
		throw new RangeError(`${text} is beyond the whole numbers JavaScript can hold exactly.`);
	return value;
}
