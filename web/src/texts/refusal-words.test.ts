import { refusalReasons } from '@touchstone/domain/interactions/refusal-reason';
import { describe, expect, it } from 'vitest';
import { refusalWords } from './refusal-words.ts';

describe('why something was refused', () => {
	it.each(Object.entries(refusalReasons))('is said for "%s" in the language of the page', (code, meaning) => {
		expect(refusalWords({ code, meaning: 'as the server has it' }, 'en')).toBe(meaning);
		expect(refusalWords({ code, meaning }, 'de')).not.toBe(meaning);
	});

	it('is what the server says for a code that is not known here', () => {
		expect(refusalWords({ code: 'brand-new', meaning: 'as the server has it' }, 'de')).toBe(
			'as the server has it',
		);
	});
});
