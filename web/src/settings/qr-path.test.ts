import { expect, it } from 'vitest';
import { qrPath } from './qr-path.ts';

const uri = 'otpauth://totp/Touchstone:ada@lumenhaus.example?secret=JBSWY3DPEHPK3PXP&issuer=Touchstone';

it('the address of an authenticator app becomes a code with finders in three corners and quiet around them', () => {
	const { size, path } = qrPath(uri);
	const dark = new Set(path.match(/M\d+ \d+/g));
	const finder = (left: number, top: number) =>
		[0, 1, 2, 3, 4, 5, 6].every(n =>
			[
				`M${left + n} ${top}`,
				`M${left + n} ${top + 6}`,
				`M${left} ${top + n}`,
				`M${left + 6} ${top + n}`,
			].every(module => dark.has(module)),
		);
	expect(finder(4, 4) && finder(size - 11, 4) && finder(4, size - 11)).toBe(true);
	expect(finder(size - 11, size - 11)).toBe(false);
	for (const module of dark) {
		const [x = 0, y = 0] = module.slice(1).split(' ').map(Number);
		expect(Math.min(x, y)).toBeGreaterThanOrEqual(4);
		expect(Math.max(x, y)).toBeLessThan(size - 4);
	}
});
