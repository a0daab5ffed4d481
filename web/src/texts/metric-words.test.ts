import { metrics } from '@touchstone/domain/metrics/metric';
import { describe, expect, it } from 'vitest';
import { metricWords } from './metric-words.ts';

describe('what a metric says about itself', () => {
	it.each(Object.keys(metrics))('is said of "%s" in German as in English', id => {
		const [english, german] = [metricWords(id, 'en'), metricWords(id, 'de')];
		expect(english).toMatchObject({ name: expect.any(String), formula: expect.any(String) });
		// Only terms of the field are the same in both.
		expect(german?.formula).not.toBe(english?.formula);
		expect(german?.nullPolicy).not.toBe(english?.nullPolicy);
		expect(german?.exclusions).not.toBe(english?.exclusions);
		expect(german?.scale).not.toBe(english?.scale);
		expect(german?.intervalMethod).not.toBe(english?.intervalMethod);
	});

	it('is not made up for a metric that is not known', () => {
		expect(metricWords('toString', 'de')).toBeUndefined();
	});
});
