import { describe, expect, it } from 'vitest';
import { en } from '../texts/en.ts';
import { formatsFor } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import { fill } from '../texts/texts.ts';
import { groupsFinding } from './groups-finding.ts';

const say: Say = (key, values) => fill(en[key], values ?? {});
const dealer = (name: string, beyond: 'above' | 'below' | 'within' | 'too-few') => ({ name, beyond });
const said = (...groups: readonly ReturnType<typeof dealer>[]) =>
	groupsFinding(groups, ({ name }) => name, say, formatsFor('en'));

describe('which units differ', () => {
	it('names those beyond what chance would make, the worse ones first', () => {
		expect(said(dealer('Kiel', 'above'), dealer('Bremen', 'below'), dealer('Graz', 'within'))).toBe(
			'Bremen: worse than chance would make; Kiel: better than chance would make',
		);
	});

	it('counts them where they are many', () => {
		const many = ['A', 'B', 'C', 'D'].map(name => dealer(name, 'below'));
		expect(said(...many)).toBe('4 units: worse than chance would make');
	});

	it('names nobody for noise, or when there is too little to say', () => {
		expect(said(dealer('Kiel', 'within'), dealer('Graz', 'too-few'))).toBeUndefined();
	});
});
