import { normaliseCloudEvent } from '@touchstone/domain/interactions/cloud-event';
import { interactionSchema } from '@touchstone/domain/interactions/interaction';
import { expect, it } from 'vitest';
import { senders, snippetFor } from './snippets.ts';

const origin = 'https://touchstone.example';
const bodyOf = (snippet: string): unknown => JSON.parse(/-d '(.*)'$/.exec(snippet)?.[1] ?? '');

it('every snippet names this installation and the key', () => {
	for (const sender of senders) {
		const snippet = snippetFor(sender, origin, 'ts_intake_1');
		expect(snippet).toContain(origin);
		expect(snippet).toContain('ts_intake_1');
	}
});

it('what the snippets send is taken as it is', () => {
	expect(interactionSchema.safeParse(bodyOf(snippetFor('curl', origin, 'k'))).success).toBe(true);
	const arrival = { receivedAt: Date.parse('2026-03-02'), source: 'test', newId: () => 'new' };
	expect(normaliseCloudEvent(bodyOf(snippetFor('cloudevents', origin, 'k')), arrival)).toHaveProperty('row');
});
