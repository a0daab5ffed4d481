import { expect, it } from 'vitest';
import { takeOver } from './take-over.ts';
import { World } from './testing/world.ts';

it('what a page said before the script was there is said in its order, and functions it kept go on working', async () => {
	const world = new World();
	const queue: unknown[] = [
		['identify', 'C-1'],
		['track', 'Lamp Switched On'],
		['never heard of'],
		'nonsense',
	];
	const kept = (...call: unknown[]) => queue.push(call);
	const working = takeOver(queue, world.open());
	kept('track', 'Lamp Switched Off');
	working.page('Lamps');
	await world.pass(1_000);
	expect([...world.received.values()]).toMatchObject([
		{ type: 'identify', userId: 'C-1' },
		{ event: 'Lamp Switched On' },
		{ event: 'Lamp Switched Off' },
		{ type: 'page', name: 'Lamps' },
	]);
});
