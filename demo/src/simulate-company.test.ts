import { feedbackSchema } from '@touchstone/domain/feedback/feedback';
import { interactionSchema } from '@touchstone/domain/interactions/interaction';
import { describe, expect, it } from 'vitest';
import { demoCalendar, simulateCompany } from './simulate-company.ts';

const calendar = demoCalendar(new Date('2026-11-01T00:00:00Z'));
const company = (customers: number, seed = 7) => [...simulateCompany({ customers, seed, calendar })];

describe('the simulated company', () => {
	it('is the same for the same seed and another for another', () => {
		expect(company(50)).toEqual(company(50));
		expect(company(50, 8)).not.toEqual(company(50));
	});

	it('keeps its first customers when more follow', () => {
		expect(company(80).slice(0, 50)).toEqual(company(50));
	});

	it('sends only what the product takes, each under an id of its own', () => {
		const customers = company(400);
		const interactions = customers.flatMap(customer => customer.interactions);
		const feedback = customers.flatMap(customer => customer.feedback);
		for (const item of interactions) interactionSchema.parse(item);
		for (const item of feedback) feedbackSchema.parse(item);
		expect(new Set([...interactions, ...feedback].map(item => item.id)).size).toBe(
			interactions.length + feedback.length,
		);
	});

	it('has nothing happen after its last day', () => {
		const times = company(400).flatMap(customer =>
			[...customer.interactions, ...customer.feedback].map(item => Date.parse(item.time)),
		);
		expect(Math.max(...times)).toBeLessThan(calendar.ends);
	});
});
