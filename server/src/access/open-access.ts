import { readFile } from 'node:fs/promises';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Logger } from 'pino';
import type { PeopleStore } from '../database/people-store.ts';
import type { PostgresDoor } from '../database/postgres-door.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { AccessNeeds } from './access-needs.ts';
import { Attempts } from './attempts.ts';
import { openDoorkeeper } from './doorkeeper.ts';
import { openEntrance } from './entrance.ts';
import { replaceSetupLink } from './entry-links.queries.ts';
import { hasAnyAdmin } from './memberships.queries.ts';
import { newToken } from './one-time-token.ts';
import { forgetExpired } from './people.queries.ts';
import { openPost } from './post.mail.ts';
import { type Provider, readProviders } from './providers.ts';
import { secretIn } from './secret-file.ts';
import { openSignIn, type SignIn } from './sign-in.ts';

export type AccessSettings = {
	readonly dataFolder: string;
	/** The address people reach the product by; left out, the one it listens on. */
	readonly url?: string;
	/** What sessions are signed with; left out, kept in the data folder. */
	readonly secret?: string;
	/** A mail server, and the address mails come from. */
	readonly mail?: { readonly url: string; readonly from: string };
	/** A file that names OpenID Connect providers. */
	readonly oidcFile?: string;
};

export type OpenAccess = AccessNeeds & {
	/** Says where the product listens. @returns a link that makes the first admin, as long as there is none */
	readonly listensAt: (address: string, workspace: WorkspaceId) => Promise<string | undefined>;
};

/** Opens everything that people come in by. */
export async function openAccess(options: {
	readonly settings: AccessSettings;
	readonly postgres: PostgresDoor;
	readonly people: PeopleStore;
	readonly definitions: Pick<DefinitionsInForce, 'of'>;
	readonly now: () => Date;
	readonly log: Logger;
}): Promise<OpenAccess> {
	const { settings, postgres, people, definitions, now, log } = options;
	const secret = settings.secret ?? (await secretIn(settings.dataFolder));
	const providers = settings.oidcFile === undefined ? [] : await providersIn(settings.oidcFile);
	let listening: string | undefined;
	const address = (): string => {
		const known = settings.url ?? listening;
		if (known === undefined) throw new Error('nobody can come in before the product listens');
		return known.replace(/\/+$/, '');
	};
	let signIn: SignIn | undefined;
	const entrance = openEntrance({ postgres, signIn: () => opened(), definitions, address, now });
	const doorkeeper = openDoorkeeper({ postgres, now, log, changed: () => entrance.forget() });
	const opened = (): SignIn => {
		signIn ??= openSignIn({ people, secret, address: address(), providers, doorkeeper, log });
		return signIn;
	};
	return {
		people,
		signIn: opened,
		entrance,
		attempts: new Attempts(now),
		definitions,
		providers,
		...(settings.mail ? { post: openPost(settings.mail.url, settings.mail.from) } : {}),
		address,
		async listensAt(where, workspace) {
			listening = where;
			await people.ask(kysely => forgetExpired(kysely, now()));
			const { token, hash } = newToken();
			const needed = await postgres.acrossWorkspaces('whether anybody is an admin', async trx => {
				if (await hasAnyAdmin(trx)) return false;
				await replaceSetupLink(trx, { hash, workspace });
				return true;
			});
			return needed ? `${address()}/setup#${token}` : undefined;
		},
	};
}

async function providersIn(file: string): Promise<Provider[]> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		throw new Error(`The file that TOUCHSTONE_OIDC names, ${file}, cannot be read.`, { cause: error });
	}
	return readProviders(text);
}
