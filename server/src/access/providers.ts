import { type Place, placeSchema } from '@touchstone/domain/access/membership';
import { workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { z } from 'zod';

const providerSchema = z.strictObject({
	id: z
		.string()
		.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
		.max(40),
	/** What the button says. */
	name: z.string().min(1).max(60),
	issuer: z.url({ protocol: /^https?$/ }),
	clientId: z.string().min(1),
	/** Left out for a public client, which PKCE protects. */
	clientSecret: z.string().min(1).optional(),
	scopes: z.array(z.string().min(1)).default(['openid', 'email', 'profile']),
	/** The claim of the ID token that lists the groups. */
	groupsClaim: z.string().min(1).default('groups'),
	workspace: workspaceIdSchema.default(() => workspaceIdSchema.parse('main')),
	/** The first line whose group somebody has decides. Empty: the provider says who people are, invitations what they may. */
	roles: z.array(z.looseObject({ group: z.string().min(1) })).default([]),
});

/** A place to sign in with, by OpenID Connect. */
export type Provider = Omit<z.output<typeof providerSchema>, 'roles'> & {
	readonly roles: readonly { readonly group: string; readonly place: Place }[];
};

/** Reads what the file named by TOUCHSTONE_OIDC says. @throws Error with a sentence that names the place */
export function readProviders(text: string): Provider[] {
	let content: unknown;
	try {
		content = JSON.parse(text);
	} catch (error) {
		throw new Error('The file that TOUCHSTONE_OIDC names is not JSON.', { cause: error });
	}
	const read = z.array(providerSchema).safeParse(content);
	if (!read.success) throw new Error(wrong(read.error));
	const ids = read.data.map(provider => provider.id);
	const twice = ids.find((id, index) => ids.indexOf(id) !== index);
	if (twice !== undefined)
		throw new Error(`The file that TOUCHSTONE_OIDC names has two providers "${twice}".`);
	return read.data.map((provider, index) => ({
		...provider,
		roles: provider.roles.map((line, place) => {
			const { group, ...rest } = line;
			const parsed = placeSchema.safeParse(rest);
			if (!parsed.success) throw new Error(wrong(parsed.error, [index, 'roles', place]));
			return { group, place: parsed.data };
		}),
	}));
}

/** The place that somebody's groups give them; undefined when none does. */
export function placeByGroups(
	provider: Provider,
	claims: Readonly<Record<string, unknown>>,
): Place | undefined {
	const claim = claims[provider.groupsClaim];
	const groups = (Array.isArray(claim) ? claim : [claim]).filter(group => typeof group === 'string');
	return provider.roles.find(line => groups.includes(line.group))?.place;
}

function wrong(error: z.ZodError, before: readonly (string | number)[] = []): string {
	const issues = error.issues.map(({ path, message }) => `${[...before, ...path].join('.')}: ${message}`);
	return `The file that TOUCHSTONE_OIDC names is wrong: ${issues.join('; ')}.`;
}
