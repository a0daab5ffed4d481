import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort();
const germanOf = new Map(Object.entries(de));

describe('the texts', () => {
	it('are complete in German', () => {
		expect([...germanOf.keys()].sort()).toEqual(Object.keys(en).sort());
		for (const [key, text] of germanOf) expect(text.trim(), key).not.toBe('');
	});

	it('have the same places to fill in both languages', () => {
		for (const [key, text] of Object.entries(en))
			expect(places(germanOf.get(key) ?? ''), key).toEqual(places(text));
	});
});
