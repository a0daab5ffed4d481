import { changePerson, removePerson } from '@touchstone/domain/access/people.contract';
import { createWorkspace } from '@touchstone/domain/access/workspaces.contract';
import { writeCompany } from '@touchstone/domain/definitions/definitions.contract';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { loaded } from './loaded.ts';

/** What admins do: people, workspaces, the company, and the log of it. */
export function administering(dashboard: () => Dashboard): void {
	const asAdmin = async (work: (page: Page) => Promise<void>) =>
		dashboard().open(await dashboard().admin(), work);

	describe('an admin', () => {
		it('gives somebody another role, which they have at once, and removes them, which ends their session', async () => {
			const somebody = await dashboard().person('Short Stay', { role: 'viewer', units: 'all' });
			await dashboard().open(
				somebody,
				async theirs => {
					const menu = theirs.getByRole('navigation', { name: 'Menu' });
					await theirs.goto('/promises');
					await loaded(theirs);
					expect(await menu.getByRole('link', { name: 'Customers' }).count()).toBe(0);
					await asAdmin(async page => {
						await page.goto('/settings/people');
						await loaded(page);
						await page.getByRole('button', { name: 'Change: Short Stay' }).click();
						const form = page.getByRole('dialog', { name: 'Short Stay' });
						await form.getByLabel('Role').selectOption('analyst');
						await form.getByRole('button', { name: 'Save' }).click();
						await form.waitFor({ state: 'detached' });
						await page.getByRole('row', { name: /Short Stay.*analyst/i }).waitFor();
					});
					await theirs.goto('/customers');
					await menu.getByRole('link', { name: 'Customers' }).waitFor();
					await loaded(theirs);
					await asAdmin(async page => {
						await page.goto('/settings/people');
						await page.getByRole('button', { name: 'Remove: Short Stay' }).click();
						await page.getByText('Remove Short Stay?').waitFor();
						await page.getByRole('button', { name: 'Remove', exact: true }).click();
						await page.getByRole('row', { name: /Short Stay/ }).waitFor({ state: 'detached' });
						await saidByTheLog(page, changePerson.id, removePerson.id);
					});
					await theirs.goto('/promises');
					await theirs.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
				},
				{ provokes: ['status of 401'] },
			);
		});

		it('makes a workspace, finds nothing in it, says how its days and money are counted, and comes back', () =>
			asAdmin(async page => {
				await page.goto('/settings/workspace');
				await loaded(page);
				await page.getByLabel('Name of a new workspace').fill('Second Brand');
				await page.getByRole('button', { name: 'Create workspace' }).click();
				await page.getByRole('button', { name: 'Go there: Second Brand' }).click();
				await page.waitForURL('/');
				await page.getByRole('heading', { name: 'Let us see whether you live up to what you say' }).waitFor();

				await page.goto('/settings/workspace');
				await loaded(page);
				const company = page.getByRole('region', { name: 'The company' });
				await company.getByLabel('Name').fill('Second Brand');
				await company.getByLabel('Currency').fill('EURO');
				expect(await company.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
				await company.getByLabel('Currency').fill('CHF');
				await company.getByLabel('Time zone').fill('Zurich');
				await page.getByRole('option', { name: 'Europe/Zurich' }).click();
				await company.getByRole('button', { name: 'Save' }).click();
				await page.getByText('Saved', { exact: true }).waitFor();
				await saidByTheLog(page, writeCompany.id);
				await page.goto('/settings/workspace');
				await loaded(page);
				expect(await company.getByLabel('Currency').inputValue()).toBe('CHF');

				await page.getByRole('button', { name: /^Go there: (?!Second Brand)/ }).click();
				await page.waitForURL('/');
				await loaded(page);
				await page
					.getByText(/n = [\d,]+/)
					.first()
					.waitFor();
				await saidByTheLog(page, createWorkspace.id);
			}));
	});
}

/** The newest entries of the audit log speak of these operations. */
async function saidByTheLog(page: Page, ...operations: readonly string[]): Promise<void> {
	await page.goto('/settings/audit');
	await loaded(page);
	for (const operation of operations)
		await page
			.getByRole('row', { name: new RegExp(operation) })
			.first()
			.waitFor();
}
