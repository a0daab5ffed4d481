import { describe, expect, it } from 'vitest';
import { en } from '../texts/en.ts';
import { formatsFor } from '../texts/formats.ts';
import type { Say } from '../texts/TextsProvider.tsx';
import { fill } from '../texts/texts.ts';
import { gapsFinding } from './gaps-finding.ts';

const say: Say = (key, values) => fill(en[key], values ?? {});
const said = (...meets: readonly ('yes' | 'no' | 'open' | 'too-few')[]) =>
	gapsFinding(
		meets.map(meetsTarget => ({ meetsTarget })),
		say,
		formatsFor('en'),
	);

describe('the worst gaps', () => {
	it('are those that miss the target for sure', () => {
		expect(said('no', 'open', 'no')).toBe('2 promises miss their target');
		expect(said('no')).toBe('One promise misses its target');
	});

	it('blame nobody for what may be chance', () => {
		expect(said('open', 'open')).toBe('No promise clearly misses its target');
		expect(said()).toBe('Every promise reaches its target');
	});
});
