import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { loaded } from './loaded.ts';

/** Everything without a mouse. */
export function byKeyboard(dashboard: () => Dashboard): void {
	describe('the keyboard alone', () => {
		it('leads from the Overview to the evidence of an occasion and back, and one always sees where one is', async () => {
			await dashboard().open(await dashboard().admin(), async page => {
				await page.goto('/?period=12m');
				await loaded(page);
				// What fades in is not seen yet at the moment it is looked at.
				await page.addStyleTag({ content: '* { transition: none !important }' });
				await page.keyboard.press('Tab');
				expect(await focused(page)).toMatchObject({ name: 'Skip to content', seen: true });
				await page.keyboard.press('Enter');
				await page.keyboard.press('Control+k');
				await page.getByRole('combobox', { name: /^Search/ }).waitFor();
				await page.keyboard.type('calls you back');
				await page.getByRole('option', { name: /Your dealer calls you back/ }).waitFor();
				await page.keyboard.press('Enter');
				await page.getByRole('heading', { level: 1, name: /calls you back/ }).waitFor();
				await loaded(page);

				const unseen: unknown[] = [];
				const isOccasion = `document.activeElement?.matches('section[aria-label^="The occasions"] tbody button')`;
				for (let steps = 0; !(await page.evaluate(isOccasion)); steps++) {
					expect(steps, 'steps to the first occasion').toBeLessThan(120);
					await page.keyboard.press('Tab');
					const at = await focused(page);
					if (!at.seen || at.name === '') unseen.push(at);
				}
				expect(unseen).toEqual([]);
				const occasion = await focused(page);
				await page.keyboard.press('Enter');
				const evidence = page.getByRole('dialog');
				await evidence.getByRole('link', { name: /^The whole timeline/ }).waitFor();
				expect(await page.evaluate('!!document.activeElement?.closest("[role=dialog]")')).toBe(true);
				await page.keyboard.press('Escape');
				await evidence.waitFor({ state: 'hidden' });
				// The focus goes back just after the drawer has left.
				await page.waitForFunction(() => document.activeElement !== document.body);
				expect(await focused(page)).toEqual(occasion);
			});
		});

		it('changes the period, opens how a figure is computed, and signs out', async () => {
			const { email } = await dashboard().admin();
			await dashboard().open(undefined, async page => {
				await page.goto('/sign-in');
				await page.getByLabel('E-mail address').waitFor();
				await page.keyboard.type(email);
				await page.keyboard.press('Tab');
				await page.keyboard.type('Kettles boil, lamps glow 7');
				await page.keyboard.press('Enter');
				await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
				await loaded(page);
				await tabTo(page, 'Period');
				await page.keyboard.press('ArrowDown');
				await page.waitForURL(/period=12m/);
				await loaded(page);
				await tabTo(page, /^More: .*target/);
				await page.keyboard.press('Enter');
				await page.getByRole('menuitem', { name: 'How is this computed?' }).waitFor();
				await page.keyboard.press('ArrowDown');
				await page.keyboard.press('Enter');
				await page.getByRole('dialog').getByText('Formula').waitFor();
				await page.keyboard.press('Escape');
				await page.getByRole('dialog').waitFor({ state: 'hidden' });
				await tabTo(page, /^Account/);
				await page.keyboard.press('Enter');
				await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
				while ((await focused(page)).name !== 'Sign out') await page.keyboard.press('ArrowDown');
				await page.keyboard.press('Enter');
				await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
			});
		});
	});
}

/** Presses Tab until the element of that name has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
	for (let steps = 0; steps < 120; steps++) {
		await page.keyboard.press('Tab');
		const at = await focused(page);
		if (typeof name === 'string' ? at.name === name : name.test(at.name)) return;
	}
	throw new Error(`Tab does not lead to ${name}`);
}

/** What has the focus: its name, and whether one can see that it has. */
function focused(page: Page): Promise<{ readonly name: string; readonly seen: boolean }> {
	return page.evaluate(() => {
		const element = document.activeElement;
		if (!(element instanceof HTMLElement || element instanceof SVGElement) || element === document.body)
			return { name: 'the page', seen: true };
		const label = element.getAttribute('aria-labelledby');
		const name =
			element.getAttribute('aria-label') ??
			(label ? document.getElementById(label)?.textContent : undefined) ??
			(element.id ? document.querySelector(`label[for="${element.id}"]`)?.textContent : undefined) ??
			element.textContent;
		const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
		element.blur();
		const before = getComputedStyle(element);
		const changed = before.boxShadow !== boxShadow || before.borderColor !== borderColor;
		element.focus({ preventScroll: true });
		const { width, height } = element.getBoundingClientRect();
		const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
		return { name: name?.trim() ?? '', seen: (outlined || changed) && width > 0 && height > 0 };
	});
}
