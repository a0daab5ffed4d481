import { signInLink } from '@touchstone/demo/sign-in-link.client';
import { signInByLink } from '@touchstone/domain/access/entry.contract';
import { invite } from '@touchstone/domain/access/invitations.contract';
import { readMe } from '@touchstone/domain/access/me.contract';
import { createWorkspace } from '@touchstone/domain/access/workspaces.contract';
import { codeOf } from '@touchstone/server/access/testing/coming-in';
import { openMailServer, unfolded } from '@touchstone/server/access/testing/mail-server';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { type Dashboard, openEmptyDashboard } from './dashboard.ts';
import { loaded } from './loaded.ts';

const passphrase = 'Kettles boil, lamps glow 7';

/** Setting up, signing in and out, being invited. */
export function comingIn(dashboard: () => Dashboard): void {
	describe('coming in', () => {
		it('begins with the link that is printed at the first start, and leads to an Overview that says how to begin', async () => {
			const empty = await openEmptyDashboard(dashboard().browser);
			try {
				await empty.open(undefined, async page => {
					await page.goto(await empty.setupLink());
					await page.getByLabel('Name').fill('Chief Marketing Officer');
					await page.getByLabel('E-mail address').fill('chief@lumenhaus.example');
					const create = page.getByRole('button', { name: 'Create account and go in' });
					await password(page).fill('password1234');
					expect(await create.isDisabled()).toBe(true);
					await password(page).fill(passphrase);
					await create.click();
					await page
						.getByRole('heading', { name: 'Let us see whether you live up to what you say' })
						.waitFor();
					expect(new URL(page.url()).pathname).toBe('/');
				});
				await empty.open(
					undefined,
					async page => {
						await page.goto(await empty.setupLink());
						await page.getByLabel('Name').fill('Somebody Else');
						await page.getByLabel('E-mail address').fill('else@lumenhaus.example');
						await password(page).fill(passphrase);
						await page.getByRole('button', { name: 'Create account and go in' }).click();
						await page.getByRole('alert').getByText('This link is not good any more').waitFor();
					},
					{ provokes: ['status of 4'] },
				);
			} finally {
				await empty.close();
			}
		});

		it('asks for the password and goes on to the page one wanted', async () => {
			const { email } = await dashboard().admin();
			await dashboard().open(
				undefined,
				async page => {
					await page.goto('/promises');
					await page.getByLabel('E-mail address').fill(email);
					await password(page).fill('not the password');
					await page.getByRole('button', { name: 'Sign in' }).click();
					await page.getByRole('alert').getByText('do not belong together').waitFor();
					await password(page).fill(passphrase);
					await page.getByRole('button', { name: 'Sign in' }).click();
					await page.getByRole('heading', { level: 1, name: 'Promises' }).waitFor();
					await loaded(page);
					await page.getByRole('button', { name: /^Account/ }).click();
					await page.getByRole('menuitem', { name: 'Sign out' }).click();
					await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
					await page.goto('/promises');
					await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
				},
				{ provokes: ['status of 401'] },
			);
		});

		it('asks for the code of an authenticator app once that is set up, or for a backup code', async () => {
			const somebody = await dashboard().person('Careful Analyst', { role: 'analyst', units: 'all' });
			let secret = '';
			let backupCode = '';
			await dashboard().open(somebody, async page => {
				await page.goto('/settings/profile');
				await page.getByRole('button', { name: 'Set up' }).click();
				const panel = page.getByRole('region', { name: 'Signing in asks for no second factor' });
				await password(panel).fill(somebody.password);
				await panel.getByRole('button', { name: 'Go on' }).click();
				await panel.getByRole('img', { name: 'QR code with the secret for the authenticator app' }).waitFor();
				const shown = await panel
					.getByLabel('Secret for the authenticator app', { exact: true })
					.textContent();
				secret = (shown ?? '').replaceAll(' ', '');
				const codes = await panel.getByRole('region', { name: /backup codes/i }).textContent();
				backupCode = codes?.split('\n')[0] ?? '';
				await panel.getByLabel('Code the app shows now').fill(codeOf(secret));
				await panel.getByRole('button', { name: 'Confirm' }).click();
				await page.getByText('An authenticator app is set up.').waitFor();
			});
			for (const way of ['app', 'backup'] as const) {
				const comingBack = async (page: Page) => {
					await page.goto('/promises');
					await page.getByLabel('E-mail address').fill(somebody.email);
					await password(page).fill(somebody.password);
					await page.getByRole('button', { name: 'Sign in' }).click();
					await page.getByRole('heading', { name: 'One more step' }).waitFor();
					if (way === 'backup') await page.getByRole('button', { name: 'Use a backup code instead' }).click();
					await page
						.getByLabel(way === 'app' ? 'Code' : 'Backup code', { exact: true })
						.fill(way === 'app' ? codeOf(secret) : backupCode);
					await page.getByRole('button', { name: 'Go on' }).click();
					await page.getByRole('heading', { level: 1, name: 'Promises' }).waitFor();
				};
				await dashboard().open(undefined, comingBack, { provokes: ['status of 401'] });
			}
		});

		it('works by the link of the demo, also for who has made a second workspace in it', async () => {
			const { client, browser, product } = dashboard();
			const names: string[] = [];
			for (const brand of ['third-brand', 'fourth-brand']) {
				const context = await browser.newContext({
					baseURL: product.address,
					extraHTTPHeaders: { origin: product.address },
				});
				const token = new URL(await signInLink(client)).hash.slice(1);
				await context.request.post(signInByLink.path, { data: { token } });
				const me = await context.request.get(readMe.path);
				names.push(readMe.answer.parse(await me.json()).name);
				const made = await context.request.post(createWorkspace.path, { data: { id: brand, name: brand } });
				expect(made.status()).toBe(201);
				await context.close();
			}
			expect(names).toEqual(['Demo', 'Demo 2']);
		});

		it('helps who has lost their password by a link in their mail', async () => {
			const mail = await openMailServer();
			const environment = {
				TOUCHSTONE_SMTP: mail.url,
				TOUCHSTONE_MAIL_FROM: 'touchstone@lumenhaus.example',
			};
			const empty = await openEmptyDashboard(dashboard().browser, environment);
			try {
				const { email } = await empty.admin();
				await empty.open(
					undefined,
					async page => {
						await page.goto('/sign-in');
						await page.getByRole('link', { name: 'Lost your password?' }).click();
						await page.getByRole('heading', { name: 'Lost your password?' }).waitFor();
						await page.getByLabel('E-mail address').fill(email);
						await page.getByRole('button', { name: 'Mail me a link' }).click();
						await page.getByText('Look into your mailbox').waitFor();
						const link = await vi.waitFor(() => {
							const text = unfolded(mail.mails.at(-1)?.text ?? '');
							const found = /http\S+\/new-password#[\w-]{43}/.exec(text)?.[0];
							if (found === undefined) throw new Error('no mail has come');
							return found;
						});
						await page.goto(link);
						await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
						expect(await page.getByLabel('E-mail address').inputValue()).toBe(email);
						const keep = page.getByRole('button', { name: 'Keep this password' });
						await password(page).fill('password1234');
						expect(await keep.isDisabled()).toBe(true);
						await password(page).fill('Nine copper lanterns 4');
						await keep.click();
						await page.getByRole('button', { name: /^Account: / }).waitFor();
						await page.goto(link);
						await page.getByRole('alert').getByText('This link is not good any more').waitFor();
					},
					{ provokes: ['status of 410'] },
				);
			} finally {
				await empty.close();
				await mail.close();
			}
		});

		it('says whom to ask for a new password where no mail is sent', async () => {
			await dashboard().open(undefined, async page => {
				await page.goto('/new-password');
				await page.getByText('Ask whoever runs Touchstone').waitFor();
				await page.getByRole('link', { name: 'To the sign-in page' }).click();
				await page.getByRole('heading', { name: 'Sign in' }).waitFor();
			});
		});

		it('works by an invitation, which says who invites as what', async () => {
			const body = { email: 'analyst@lumenhaus.example', place: { role: 'analyst' as const } };
			const { link } = await dashboard().client.send('POST', invite.path, body, invite.answer);
			await dashboard().open(undefined, async page => {
				await page.goto(String(link));
				await page.getByText(/invites you as analyst/).waitFor();
				await page.getByLabel('Name').fill('Market Analyst');
				await password(page).fill(passphrase);
				await page.getByRole('button', { name: 'Accept' }).click();
				await page.getByRole('button', { name: 'Account: Market Analyst' }).waitFor();
			});
		});
	});
}

function password(page: Page | Locator) {
	return page.getByLabel('Password', { exact: true });
}
