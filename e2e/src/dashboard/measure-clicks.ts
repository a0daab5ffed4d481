import type { Page } from 'playwright-core';
import { openDashboard } from './dashboard.ts';
import { loaded } from './loaded.ts';
import { insidePages } from './pages.ts';

// How long after a click, or another choice in a list, the page shows that something happened: from the event to the first frame
// in which anything of the document differs. Prints one JSON line for each page and ends with 1 when one answer took too long.
//   npm run measure:clicks [-- BEGINNING OF A PAGE'S NAME]

const atMostMs = 100;
const clicksPerPage = 12;
/** What leaves the page, asks the system for a file, or cannot be taken back. */
const leftAlone = /sign out|download|png|csv|delete|erase|archive|revoke|end this|end all|remove/i;
/** Not what opens another tab: this one would have no frames while that one is looked at. */
const clickable = 'a[href^="/"]:not([target]):visible, button:visible:enabled, select:visible:enabled';

/** `null` when nothing changed. */
type Answer = { readonly what: string; readonly ms: number | null };

const dashboard = await openDashboard();
let slow = 0;
try {
	await dashboard.open(await dashboard.admin(), async page => {
		await page.addInitScript(watchAnswers);
		for (const [name, path] of Object.entries(insidePages)) {
			if (!name.startsWith(process.argv[2] ?? '')) continue;
			const measured = await clicksOn(page, path);
			const taken = measured.flatMap(({ ms }) => (ms === null ? [] : [ms])).toSorted((a, b) => a - b);
			const slowest = measured.toSorted((a, b) => (b.ms ?? 0) - (a.ms ?? 0))[0];
			const tooSlow = taken.filter(ms => ms > atMostMs).length;
			slow += tooSlow;
			process.stdout.write(
				`${JSON.stringify({
					page: name,
					n: taken.length,
					median: taken[Math.floor((taken.length - 1) / 2)],
					longest: taken.at(-1),
					of: slowest?.what,
					atMost: atMostMs,
					held: tooSlow === 0,
					nothingChanged: measured.filter(({ ms }) => ms === null).map(({ what }) => what),
				})}\n`,
			);
		}
	});
} finally {
	await dashboard.close();
}
process.exitCode = slow === 0 ? 0 : 1;

/** Every place that can be clicked, each on the page as it was opened. */
async function clicksOn(page: Page, path: string): Promise<readonly Answer[]> {
	const measured: Answer[] = [];
	await page.goto(path);
	await loaded(page);
	const all = await page.locator(clickable).count();
	const step = Math.max(1, all / clicksPerPage);
	for (let n = 0; n < all; n += step) {
		await page.goto(path);
		await loaded(page);
		const place = page.locator(clickable).nth(Math.floor(n));
		const name = `${(await place.getAttribute('aria-label')) ?? ''} ${await place.textContent()}`;
		const href = await place.getAttribute('href');
		if (leftAlone.test(name) || (href !== null && new URL(page.url()).pathname === href.split('?')[0]))
			continue;
		if ((await place.evaluate(element => element.tagName)) === 'SELECT') {
			const values = await place
				.locator('option:not([disabled])')
				.evaluateAll(options => options.map(option => option.getAttribute('value') ?? ''));
			const other = values.find(value => value !== '' && value !== values[0]);
			if (other === undefined) continue;
			await place.selectOption(other);
		} else await place.click({ noWaitAfter: true });
		await page.waitForFunction(() => Object(window).answersToClicks.length > 0);
		measured.push(...(await page.evaluate<Answer[]>('window.answersToClicks.splice(0)')));
	}
	return measured;
}

/** Runs in the page. A click that changes nothing within two seconds has no answer. */
function watchAnswers(): void {
	const found: Answer[] = [];
	Object.assign(window, { answersToClicks: found });
	// The browser's own account of when the frame after an event was on the screen, by the time of the event.
	const shown = new Map<number, number>();
	const events: PerformanceObserverInit & { readonly durationThreshold: number } = {
		type: 'event',
		durationThreshold: 16,
	};
	new PerformanceObserver(list => {
		for (const { startTime, duration } of list.getEntries()) shown.set(startTime, duration);
	}).observe(events);
	const begin = (event: Event) => {
		const target = event.target instanceof Element ? event.target : document.body;
		const what = (target.closest('a, button, select') ?? target).textContent?.trim().slice(0, 40) ?? '';
		const end = (ms: number | null) => {
			if (ended) return;
			ended = true;
			clearTimeout(patience);
			observer.disconnect();
			found.push({ what, ms });
		};
		let ended = false;
		const patience = setTimeout(end, 2_000, null);
		const sinceEvent = () => Math.round(performance.now() - event.timeStamp);
		const answered = () => {
			const changed = sinceEvent();
			observer.disconnect();
			cancelAnimationFrame(look);
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => {
					// Later than the frame when other work came between; what the browser says is exact, and comes a little later still.
					const atLatest = sinceEvent();
					setTimeout(() => {
						const inFrame = shown.get(event.timeStamp);
						end(inFrame !== undefined && changed < inFrame ? inFrame : atLatest);
					}, 100);
				};
				port2.postMessage(null);
			});
		};
		const observer = new MutationObserver(answered);
		observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
		// A number in a field is seen by whoever looks, and by no observer.
		const written = () => Array.from(document.querySelectorAll('input'), ({ value }) => value).join();
		const before = written();
		const compare = () => {
			if (written() !== before) answered();
			else if (!ended) look = requestAnimationFrame(compare);
		};
		let look = requestAnimationFrame(compare);
	};
	// The steppers of a number field answer when the pointer goes down.
	const steps = (event: Event) =>
		event.target instanceof Element && event.target.closest('button[tabindex="-1"]') !== null;
	window.addEventListener('pointerdown', event => steps(event) && begin(event), true);
	window.addEventListener(
		'click',
		event => {
			if (!steps(event) && !(event.target instanceof HTMLSelectElement)) begin(event);
		},
		true,
	);
	window.addEventListener(
		'change',
		event => {
			if (event.target instanceof HTMLSelectElement) begin(event);
		},
		true,
	);
}
