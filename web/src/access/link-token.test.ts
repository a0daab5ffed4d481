import { expect, it } from 'vitest';
import { linkToken } from './link-token.ts';

it('the secret of a link stands behind its #', () => {
	expect(linkToken(`#${'a'.repeat(43)}`)).toBe('a'.repeat(43));
	expect(linkToken('')).toBeUndefined();
	expect(linkToken('#short')).toBeUndefined();
});
