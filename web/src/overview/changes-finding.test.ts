import { describe, expect, it } from 'vitest';
import { en } from '../texts/en.ts';
import { formatsFor } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import { fill } from '../texts/texts.ts';
import { changesFinding } from './changes-finding.ts';

const say: Say = (key, values) => fill(en[key], values ?? {});
const said = (...changes: readonly ('better' | 'worse' | 'noise' | 'too-few')[]) =>
	changesFinding(
		changes.map(change => ({ change })),
		say,
		formatsFor('en'),
	);

describe('what changed', () => {
	it('counts what is more than noise, the bad news first', () => {
		expect(said('better', 'noise', 'worse', 'better')).toBe('1 promise worse, 2 promises better');
		expect(said('worse', 'worse', 'too-few')).toBe('2 promises worse');
	});

	it('is nothing when all of it is noise', () => {
		expect(said('noise', 'noise', 'too-few')).toBe('Nothing changed by more than noise');
		expect(said()).toBe('Nothing changed by more than noise');
	});
});
