import { createHmac } from 'node:crypto';
import { Browser } from './browser.ts';
import type { RunningApp } from './running-app.ts';
import { must } from './two-workspaces.ts';

/** Everybody's, in tests. */
export const password = 'seven brass kettles';
export const ada = { name: 'Ada Harrow', email: 'ada@lumenhaus.example', password };

export type Who = { readonly email: string; readonly password?: string };

/** The secret behind the `#` of a link. */
export function tokenIn(link: unknown): string {
	return String(link).split('#')[1] ?? '';
}

/** Makes Ada the first admin, by the link that was printed. */
export async function setUpAda(app: RunningApp): Promise<Browser> {
	const browser = new Browser(app.address);
	await must(browser.ask('POST', '/v1/access/setup', { ...ada, token: tokenIn(app.setupLink) }));
	return browser;
}

/** Signs somebody in with their password, and looks that they are. */
export async function signedIn(app: RunningApp, who: Who): Promise<Browser> {
	const browser = new Browser(app.address);
	await must(browser.ask('POST', '/auth/sign-in/email', { password, ...who }));
	await must(browser.ask('GET', '/v1/me'));
	return browser;
}

/** Has an admin invite somebody, who accepts. */
export async function invited(
	app: RunningApp,
	admin: Browser,
	email: string,
	role: string,
): Promise<{ browser: Browser; id: string }> {
	const { body } = await must(admin.ask('POST', '/v1/access/invitations', { email, place: { role } }));
	const browser = new Browser(app.address);
	const given = { token: tokenIn(body.link), name: email.split('@')[0], password };
	await must(browser.ask('POST', '/v1/access/invitations/acceptance', given));
	return { browser, id: String((await must(browser.ask('GET', '/v1/me'))).body.id) };
}

/** What an authenticator app shows now for a secret in base 32 (RFC 6238, six digits, thirty seconds). */
export function codeOf(base32: string): string {
	const bits = [...base32].map(letter =>
		'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
	);
	const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
	const mac = createHmac('sha1', key).update(counter).digest();
	const at = (mac.at(-1) ?? 0) & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
