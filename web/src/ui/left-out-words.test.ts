import { afterwardsOf } from '@touchstone/domain/metrics/afterwards';
import { keptRateOf } from '@touchstone/domain/metrics/kept-rate';
import { describe, expect, it } from 'vitest';
import { de } from '../texts/de.ts';
import { leftOutWords } from './left-out-words.ts';

const inGerman = (figure: { readonly excluded: Readonly<Record<string, number>> }) =>
	Object.keys(figure.excluded).map(what => leftOutWords(what, key => de[key]));

describe('what was left out of a figure', () => {
	it('is said in the language of the page', () => {
		const rate = keptRateOf({ kept: 3, broken: 1, pending: 1, unknown: 1, void: 1 });
		expect(inGerman(rate)).toEqual(['ausstehend', 'unbekannt', 'zurückgezogen']);
		expect(inGerman(afterwardsOf([], []).returned.kept)).toEqual(['vor weniger als 90 Tagen entschieden']);
		expect(inGerman({ excluded: { 'no-delivered-amount': 2 } })).toEqual(['ohne gelieferten Wert']);
	});

	it('is named as the figure names it when the page does not know it yet', () => {
		expect(inGerman({ excluded: { 'some-new-reason': 2 } })).toEqual(['some-new-reason']);
	});
});
