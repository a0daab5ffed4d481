import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwordProblems, shortestPassword } from './password.ts';

const ada = { email: 'ada.harrow@lumenhaus.example', name: 'Ada Harrow' };
const said = (password: string) => passwordProblems(password, ada).join(' ');

describe('a password', () => {
	it('is fine when it is long and nobody’s first guess', () => {
		for (const fine of [
			'seven brass kettles',
			'Zx9-pLq-Vv2-mTt',
			'über den Wolken ruht es',
			'correct llama piano 4',
		]) {
			expect(passwordProblems(fine, ada)).toEqual([]);
		}
	});

	it('needs twelve characters', () => {
		expect(said('brass kettl')).toContain(`at least ${shortestPassword}`);
		expect(passwordProblems('brass kettle', ada)).toEqual([]);
	});

	it('is refused when it is one of the first somebody would try, however decorated', () => {
		for (const guess of [
			'passwordpassword',
			'P@ssw0rd1234!',
			'Administrator1',
			'correcthorsebatterystaple',
			'qwertzuiopasd',
			'abcdefghijklm',
			'zyxwvutsrqponm',
			'123456789012345',
			'aaaaaaaaaaaaaa',
			'abababababababab',
			'letmein!letmein!',
		]) {
			expect(said(guess), guess).toContain('first passwords');
		}
	});

	it('does not hold the name or address of whose it is', () => {
		for (const told of ['my-harrow-is-long', 'ADA.HARROW@lumenhaus.example', 'lumenhaus-rocks-2026']) {
			expect(said(told), told).toContain('Leave your name');
		}
		expect(passwordProblems('lumenhaus-rocks-2026', { email: 'a@b.example' })).toEqual([]);
	});

	it('is refused with sentences, whatever is typed', () => {
		fc.assert(
			fc.property(fc.string(), fc.emailAddress(), (password, email) => {
				for (const problem of passwordProblems(password, { email })) expect(problem).toMatch(/^[A-Z].*\.$/);
			}),
		);
	});
});
