import { describe, expect, test } from 'vitest';
import { keyScopes } from '../http/contract.ts';
import { apiKeyPrefix, apiKeyText, keyMay, looksLikeApiKey } from './api-key.ts';

const random = '0123456789abcdef0123456789abcdef01234567';

describe('an API key', () => {
	test('names its scope and is recognised again', () => {
		expect(apiKeyText('intake', random)).toBe(`ts_intake_${random}`);
		for (const scope of keyScopes) expect(looksLikeApiKey(apiKeyText(scope, random))).toBe(true);
	});

	test('is not made from anything but 160 random bits', () => {
		expect(() => apiKeyText('read', random.slice(1))).toThrow(RangeError);
		expect(() => apiKeyText('read', `${random.slice(1)}Z`)).toThrow(RangeError);
	});

	test.each([
		'',
		'ts_intake_',
		`ts_owner_${random}`,
		`ts_intake_${random}0`,
		` ts_intake_${random}`,
		`ts_intake_${random}\n`,
	])('is not seen in %j', text => {
		expect(looksLikeApiKey(text)).toBe(false);
	});

	test('keeps only a short beginning readable', () => {
		expect(apiKeyPrefix(apiKeyText('admin', random))).toBe('ts_admin_012345');
	});

	test('of scope admin may do everything, every other only what is allowed for it', () => {
		expect(keyMay('admin', [])).toBe(true);
		expect(keyMay('read', ['read'])).toBe(true);
		expect(keyMay('read', ['intake'])).toBe(false);
		expect(keyMay('intake', ['read'])).toBe(false);
	});
});
