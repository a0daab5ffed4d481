import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** Whoever signs in next, and what the provider says of them. */
export type Subject = {
	readonly sub: string;
	readonly email: string;
	readonly emailVerified: boolean;
	readonly name: string;
	readonly groups: readonly string[];
};

export type OidcProvider = {
	readonly issuer: string;
	/** Who is at the provider's page. */
	subject: Subject;
	/** What the next token is made wrong in, if anything. */
	forge: 'nothing' | 'signature' | 'nonce' | 'audience';
	/** Authorizations whose code was exchanged with the right verifier. */
	readonly proven: number;
	close(): Promise<void>;
};

export const oidcClient = { clientId: 'touchstone', clientSecret: 'a secret between the two' } as const;

const authorizeSchema = z.object({
	client_id: z.literal(oidcClient.clientId),
	response_type: z.literal('code'),
	scope: z.string().includes('openid'),
	redirect_uri: z.url(),
	state: z.string().min(8),
	nonce: z.string().min(8),
	code_challenge: z.string().length(43),
	code_challenge_method: z.literal('S256'),
});
const tokenSchema = z.object({
	grant_type: z.literal('authorization_code'),
	code: z.string(),
	redirect_uri: z.url(),
	code_verifier: z.string().min(43),
});

/** A small OpenID Connect provider on loopback that is strict about everything our side has to do: PKCE, nonce, redirect address. */
export async function openOidcProvider(subject: Subject): Promise<OidcProvider> {
	const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const strangers = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const codes = new Map<string, z.output<typeof authorizeSchema> & { readonly subject: Subject }>();
	let proven = 0;

	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', issuer());
		const json = (status: number, body: object) =>
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		if (url.pathname === '/.well-known/openid-configuration') return json(200, discovery());
		if (url.pathname === '/jwks') {
			const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
			return json(200, { keys: [jwk] });
		}
		if (url.pathname === '/authorize') {
			const asked = authorizeSchema.parse(Object.fromEntries(url.searchParams));
			const code = randomUUID();
			codes.set(code, { ...asked, subject: provider.subject });
			const back = new URL(asked.redirect_uri);
			back.searchParams.set('code', code);
			back.searchParams.set('state', asked.state);
			return response.writeHead(302, { location: back.href }).end();
		}
		if (url.pathname !== '/token') return json(404, {});
		return void text(request).then(body => {
			const given = tokenSchema.parse(Object.fromEntries(new URLSearchParams(body)));
			const asked = codes.get(given.code);
			codes.delete(given.code);
			const challenge = createHash('sha256').update(given.code_verifier).digest('base64url');
			if (!asked || challenge !== asked.code_challenge || given.redirect_uri !== asked.redirect_uri) {
				return json(400, { error: 'invalid_grant' });
			}
			proven++;
			return json(200, {
				access_token: randomUUID(),
				token_type: 'Bearer',
				expires_in: 300,
				id_token: idToken(asked.subject, asked.nonce),
			});
		});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));

	function issuer(): string {
		const address = server.address();
		return address !== null && typeof address === 'object'
			? `http://127.0.0.1:${address.port}`
			: 'http://none';
	}

	function discovery(): object {
		return {
			issuer: issuer(),
			authorization_endpoint: `${issuer()}/authorize`,
			token_endpoint: `${issuer()}/token`,
			jwks_uri: `${issuer()}/jwks`,
			response_types_supported: ['code'],
			subject_types_supported: ['public'],
			id_token_signing_alg_values_supported: ['RS256'],
			code_challenge_methods_supported: ['S256'],
		};
	}

	function idToken({ sub, email, emailVerified, name, groups }: Subject, nonce: string): string {
		const { forge } = provider;
		const now = Math.floor(Date.now() / 1000);
		const claims = {
			iss: issuer(),
			aud: forge === 'audience' ? 'another-client' : oidcClient.clientId,
			sub,
			nonce: forge === 'nonce' ? 'of another sign-in' : nonce,
			iat: now,
			exp: now + 300,
			email,
			email_verified: emailVerified,
			name,
			groups,
		};
		const unsigned = [{ alg: 'RS256', kid: 'one', typ: 'JWT' }, claims]
			.map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
			.join('.');
		const signer = forge === 'signature' ? strangers : keys;
		return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(signer.privateKey, 'base64url')}`;
	}

	const provider: OidcProvider = {
		issuer: issuer(),
		subject,
		forge: 'nothing',
		get proven() {
			return proven;
		},
		async close() {
			server.closeAllConnections();
			await new Promise(resolve => server.close(resolve));
		},
	};
	return provider;
}
