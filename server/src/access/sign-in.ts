import { longestPassword, shortestPassword } from '@touchstone/domain/access/password';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint, isAPIError } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { PeopleStore } from '../database/people-store.ts';
import { asUnavailable } from '../database/postgres-unavailable.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import type { Provider } from './providers.ts';

/** Somebody who signs in by a provider, as the provider describes them. */
export type Arriving = {
	readonly provider: Provider;
	/** Null when the product does not know them yet. */
	readonly person: string | null;
	readonly name: string;
	readonly email: string;
	/** Whether the provider vouches that the address is theirs. */
	readonly emailVerified: boolean;
	readonly claims: Readonly<Record<string, unknown>>;
};

/** Decides about people who arrive by a provider. */
export type Doorkeeper = {
	/** Whether they may come in at all; what their groups and invitations give a known person is given here. */
	readonly admits: (arriving: Arriving) => Promise<boolean>;
	/** Gives somebody new, who was admitted, what their groups and invitations give them. */
	readonly welcomes: (arriving: Arriving, person: string) => Promise<void>;
};

export type SignInOptions = {
	readonly people: PeopleStore;
	readonly secret: string;
	/** The address people reach the product by. */
	readonly address: string;
	readonly providers: readonly Provider[];
	readonly doorkeeper: Doorkeeper;
	readonly log: Logger;
};

/** How long a session lasts from the day it was last used. */
const sessionDays = 30;
const daySeconds = 86_400;

/** The address behind which requests come from, as the server found it: set by us on every request, never taken over. */
export const clientAddressHeader = 'x-touchstone-client';

/** A session that holds, with whom it belongs to. */
export type Session = {
	readonly id: string;
	readonly person: string;
	readonly name: string;
	readonly email: string;
	/** The workspace chosen in it. */
	readonly workspace: string | null;
};

/** Who somebody is, and what shows it: passwords, sessions, second factors, providers. */
export type SignIn = {
	/** Answers what browsers ask under `/auth`, where it is about a provider with the help of that one. */
	handle(request: Request, provider?: string): Promise<Response>;
	/** The session a request carries, if it holds. */
	sessionOf(headers: Headers): Promise<Session | undefined>;
	/** Makes the session of a request last longer, at most once a day. @returns cookies to set */
	prolong(headers: Headers): Promise<string[]>;
	/** Makes somebody known; without a password they come by a provider or a link. @returns their id */
	createPerson(person: {
		readonly name: string;
		readonly email: string;
		readonly emailVerified: boolean;
		readonly password?: string;
	}): Promise<string>;
	/** Signs somebody in. @returns cookies to set */
	enter(person: string, headers: Headers): Promise<string[]>;
	/** Whether it is the password of this person. */
	isPasswordOf(person: string, password: string): Promise<boolean>;
	/** Gives somebody a password in place of the one they had, if any. */
	setPassword(person: string, password: string): Promise<void>;
	/** Begins to use an authenticator app. @returns undefined when one is used already */
	beginTwoFactor(
		headers: Headers,
		password: string,
	): Promise<{ readonly uri: string; readonly backupCodes: readonly string[] } | undefined>;
	/** Asks for codes from now on, if this is one. @returns cookies to set, or undefined when it is not */
	confirmTwoFactor(headers: Headers, code: string): Promise<readonly string[] | undefined>;
	/** Asks for codes no more. @returns cookies to set */
	endTwoFactor(headers: Headers, password: string): Promise<readonly string[]>;
};

/** Opens what signs people in. It speaks to nobody but the providers that are configured, and to these when somebody uses them. */
export function openSignIn(options: SignInOptions): SignIn {
	const auth = openBetterAuth(options, []);
	// One each, because the library asks its providers for their descriptions before it does anything: a provider that does not
	// answer must keep nobody out but those who come by it.
	const byProvider = new Map<string, ReturnType<typeof openBetterAuth>>();
	const inside = async () => await auth.$context;
	return {
		handle(request, provider) {
			const configured = options.providers.find(({ id }) => id === provider);
			if (!configured) return auth.handler(request);
			const own = byProvider.get(configured.id) ?? openBetterAuth(options, [configured]);
			byProvider.set(configured.id, own);
			return own.handler(request);
		},
		async sessionOf(headers) {
			const found = await orUnavailable(() =>
				auth.api.getSession({ headers, query: { disableRefresh: true } }),
			);
			if (!found) return undefined;
			const { session, user } = found;
			return {
				id: session.id,
				person: user.id,
				name: user.name,
				email: user.email,
				workspace: session.workspace ?? null,
			};
		},
		async prolong(headers) {
			const answer = await orUnavailable(() => auth.api.getSession({ headers, returnHeaders: true }));
			return answer.headers.getSetCookie();
		},
		async createPerson(person) {
			return (await orUnavailable(() => auth.api.createPerson({ body: person }))).id;
		},
		async enter(person, headers) {
			const answer = await orUnavailable(() =>
				auth.api.enter({ body: { person }, headers, returnHeaders: true }),
			);
			return answer.headers.getSetCookie();
		},
		async isPasswordOf(person, password) {
			const { internalAdapter, password: passwords } = await inside();
			const account = await orUnavailable(() => internalAdapter.findCredentialAccount(person));
			if (!account?.password || password.length > longestPassword) return false;
			return await passwords.verify({ hash: account.password, password });
		},
		async setPassword(person, password) {
			const { internalAdapter, password: passwords } = await inside();
			const hash = await passwords.hash(password);
			await orUnavailable(async () => {
				if (await internalAdapter.findCredentialAccount(person)) {
					await internalAdapter.updatePassword(person, hash);
				} else {
					await internalAdapter.createAccount(credential(person, hash));
				}
			});
		},
		async beginTwoFactor(headers, password) {
			try {
				const begun = await auth.api.enableTwoFactor({ headers, body: { password, method: 'totp' } });
				return 'totpURI' in begun ? { uri: begun.totpURI, backupCodes: begun.backupCodes } : undefined;
			} catch (error) {
				if (isAPIError(error) && error.statusCode < 500) return undefined;
				throw unavailable(error);
			}
		},
		async confirmTwoFactor(headers, code) {
			try {
				const answer = await auth.api.verifyTOTP({ headers, body: { code }, returnHeaders: true });
				return answer.headers.getSetCookie();
			} catch (error) {
				if (isAPIError(error) && error.statusCode < 500) return undefined;
				throw unavailable(error);
			}
		},
		async endTwoFactor(headers, password) {
			const answer = await orUnavailable(() =>
				auth.api.disableTwoFactor({ headers, body: { password }, returnHeaders: true }),
			);
			return answer.headers.getSetCookie();
		},
	};
}

/** The library as the product has it, for people who come by one of these providers, or by none. */
export function openBetterAuth(options: SignInOptions, providers: readonly Provider[]) {
	const { people, log, doorkeeper } = options;
	const secure = options.address.startsWith('https:');
	/** Whom the doorkeeper admitted, until they are known, by the request they came with. */
	const admitted = new WeakMap<object, Arriving>();
	return betterAuth({
		appName: 'Touchstone',
		baseURL: options.address,
		basePath: '/auth',
		secret: options.secret,
		database: { db: people.kysely, type: 'postgres' },
		telemetry: { enabled: false },
		// What goes wrong for a person is told to them; the log need not be loud about it.
		logger: { level: 'warn', log: (level, message) => log.debug({ level }, `sign-in: ${message}`) },
		// Reached by another name of the same machine, the request's own origin is ours as well.
		trustedOrigins: request => (request ? [new URL(request.url).origin] : []),
		advanced: {
			cookiePrefix: 'touchstone',
			// Said in so many words, because the library's own default is off in tests, which then would test something else.
			disableOriginCheck: false,
			disableCSRFCheck: false,
			useSecureCookies: secure,
			defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
			ipAddress: { ipAddressHeaders: [clientAddressHeader] },
		},
		user: {
			modelName: 'users',
			validateUserInfo: async ({ user, source }, context) => {
				const arriving = arrivingBy(providers, user, source);
				if (!arriving) return undefined;
				if (!(await doorkeeper.admits(arriving))) return { error: 'not_invited' };
				if (arriving.person === null) admitted.set(context, arriving);
				return undefined;
			},
		},
		session: {
			modelName: 'sessions',
			expiresIn: sessionDays * daySeconds,
			updateAge: daySeconds,
			additionalFields: { workspace: { type: 'string', required: false, input: false } },
		},
		account: {
			modelName: 'accounts',
			// Whoever made a password for an address that is not theirs must not get what its owner has at a provider.
			accountLinking: { enabled: true, requireLocalEmailVerified: true },
			// Tokens of providers are of no use to us once somebody has signed in.
			updateAccountOnSignIn: false,
			encryptOAuthTokens: true,
		},
		verification: { modelName: 'verifications' },
		rateLimit: {
			enabled: true,
			storage: 'database',
			modelName: 'rate_limits',
			window: 60,
			max: 120,
			customRules: {
				// Counted by address, behind which a whole office may sit; wrong passwords are counted by person besides.
				'/sign-in/*': { window: 60, max: 60 },
				'/two-factor/*': { window: 60, max: 60 },
				'/get-session': false,
			},
		},
		onAPIError: { errorURL: `${options.address}/sign-in` },
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: shortestPassword,
			maxPasswordLength: longestPassword,
		},
		plugins: [
			twoFactor({ issuer: 'Touchstone', schema: { twoFactor: { modelName: 'two_factors' } } }),
			genericOAuth({ config: providers.map(configOf) }),
			entering,
		],
		databaseHooks: {
			user: {
				create: {
					after: async (user, context) => {
						const arriving = context ? admitted.get(context) : undefined;
						if (arriving) await doorkeeper.welcomes(arriving, user.id);
					},
				},
			},
		},
	});
}

/** What the product itself does to people; no browser can reach it. */
const entering = {
	id: 'entering',
	endpoints: {
		createPerson: createAuthEndpoint.serverOnly(
			{
				method: 'POST',
				body: z.object({
					name: z.string(),
					email: z.string(),
					emailVerified: z.boolean(),
					password: z.string().optional(),
				}),
			},
			async ({ body, context, json }) => {
				const { password, ...person } = body;
				const { internalAdapter } = context;
				const user = await internalAdapter.createUser(person, { method: 'email-password' });
				if (password !== undefined) {
					await internalAdapter.createAccount(credential(user.id, await context.password.hash(password)));
				}
				return json({ id: user.id });
			},
		),
		enter: createAuthEndpoint.serverOnly(
			{ method: 'POST', body: z.object({ person: z.string() }), requireHeaders: true },
			async ctx => {
				const { internalAdapter } = ctx.context;
				const user = await internalAdapter.findUserById(ctx.body.person);
				if (!user) throw new Error('nobody has this id');
				await setSessionCookie(ctx, { session: await internalAdapter.createSession(user.id), user });
				return ctx.json({ entered: true });
			},
		),
	},
} as const;

function credential(person: string, hash: string) {
	return { userId: person, accountId: person, providerId: 'credential', password: hash };
}

function configOf(provider: Provider) {
	const { id, name, issuer, clientId, clientSecret, scopes } = provider;
	return {
		providerId: id,
		name,
		discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
		clientId,
		...(clientSecret === undefined ? {} : { clientSecret }),
		scopes,
		pkce: true,
		requireIdTokenVerification: true,
		overrideUserInfo: false,
	};
}

function arrivingBy(
	providers: readonly Provider[],
	user: Record<string, unknown>,
	source: { readonly oauth?: { readonly providerId: string; readonly profile?: unknown } | undefined },
): Arriving | undefined {
	const provider = providers.find(({ id }) => id === source.oauth?.providerId);
	if (!provider) return undefined;
	return {
		provider,
		person: typeof user.id === 'string' ? user.id : null,
		name: String(user.name ?? ''),
		email: String(user.email ?? '').toLowerCase(),
		emailVerified: user.emailVerified === true,
		claims: z.record(z.string(), z.unknown()).catch({}).parse(source.oauth?.profile),
	};
}

async function orUnavailable<T>(ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (error) {
		throw unavailable(error);
	}
}

/** The library wraps what its database said; a store that is away is told apart from what is wrong with a request. */
function unavailable(error: unknown): unknown {
	const outage = asUnavailable(error instanceof Error && error.cause !== undefined ? error.cause : error);
	return outage instanceof StoreUnavailable ? outage : error;
}
