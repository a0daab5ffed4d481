import { contract } from '@touchstone/domain/http/contract';
import { z } from 'zod';

// The calls under /auth that sign in. They are not part of the product's interface for programs, which send a key; hence they are
// described where they are asked.
const outside = { room: 'access', allows: [] } as const;

export const signInWithPassword = contract({
	...outside,
	id: 'signInWithPassword',
	method: 'POST',
	path: '/auth/sign-in/email',
	summary: 'Sign in with e-mail address and password',
	body: z.object({ email: z.string(), password: z.string() }),
	/** With a second factor one is not signed in yet. */
	answer: z.object({ twoFactorRedirect: z.boolean().default(false) }),
});

const codeBody = z.object({ code: z.string(), trustDevice: z.boolean() });

export const signInWithCode = contract({
	...outside,
	id: 'signInWithCode',
	method: 'POST',
	path: '/auth/two-factor/verify-totp',
	summary: 'Go on signing in with a code of the authenticator app',
	body: codeBody,
	answer: z.unknown(),
});

export const signInWithBackupCode = contract({
	...outside,
	id: 'signInWithBackupCode',
	method: 'POST',
	path: '/auth/two-factor/verify-backup-code',
	summary: 'Go on signing in with a backup code, which is then spent',
	body: codeBody,
	answer: z.unknown(),
});

export const signInWithProvider = contract({
	...outside,
	id: 'signInWithProvider',
	method: 'POST',
	path: '/auth/sign-in/social',
	summary: 'Where to go to sign in with a provider',
	body: z.object({ provider: z.string(), callbackURL: z.string(), errorCallbackURL: z.string() }),
	answer: z.object({ url: z.string() }),
});
