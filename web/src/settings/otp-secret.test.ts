import { expect, it } from 'vitest';
import { secretOf } from './otp-secret.ts';

it('the secret of an authenticator app is shown in groups of four', () => {
	expect(secretOf('otpauth://totp/Touchstone:ada?secret=JBSWY3DPEHPK3PXP2&issuer=Touchstone')).toBe(
		'JBSW Y3DP EHPK 3PXP 2',
	);
	expect(secretOf('nothing')).toBeUndefined();
});
