import { passwordProblems } from '@touchstone/domain/access/password';
import type { Caller } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';

/** The person who calls. @throws Refusal when a key does */
export function personCalling(caller: Caller): Extract<Caller, { kind: 'person' }> {
	if (caller.kind === 'person') return caller;
	throw new Refusal('person-needed');
}

/** @throws Refusal naming everything that is wrong with the password */
export function refuseWeakPassword(
	password: string,
	whose: { readonly email: string; readonly name?: string },
): void {
	const problems = passwordProblems(password, whose);
	if (problems.length === 0) return;
	throw new Refusal('password-weak', undefined, {
		invalidParams: problems.map(reason => ({ name: 'password', reason })),
	});
}
