import { expect, it } from 'vitest';
import { sha256 } from './sha256.ts';

it('the digest of a file is that of every other SHA-256, whatever its length and however it is cut', async () => {
	const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7919) % 251);
	for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 127, 128, 1000]) {
		const hash = sha256();
		for (let at = 0; at < length; at += 37) hash.update(bytes.subarray(at, Math.min(at + 37, length)));
		const known = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice(0, length)));
		expect(hash.hex()).toBe([...known].map(byte => byte.toString(16).padStart(2, '0')).join(''));
	}
});
