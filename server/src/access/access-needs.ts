import type { PeopleStore } from '../database/people-store.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { Attempts } from './attempts.ts';
import type { OpenEntrance } from './entrance.ts';
import type { Post } from './post.mail.ts';
import type { Provider } from './providers.ts';
import type { SignIn } from './sign-in.ts';

/** What the routes about people stand on. */
export type AccessNeeds = {
	readonly people: PeopleStore;
	readonly signIn: () => SignIn;
	readonly entrance: OpenEntrance;
	readonly attempts: Attempts;
	readonly definitions: Pick<DefinitionsInForce, 'of'>;
	readonly providers: readonly Provider[];
	/** Left out where no mail server is configured. */
	readonly post?: Post;
	/** The address people reach the product by, without a slash at its end. */
	readonly address: () => string;
};
