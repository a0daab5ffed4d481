import { AskFailed } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { TextKey } from '../texts/texts.ts';

/** What people meet when they sign in or change who may what, said in their own language. */
const known: Readonly<Record<string, TextKey>> = {
	'sign-in-refused': 'access.problem.signInRefused',
	'too-many-attempts': 'access.problem.tooManyAttempts',
	'link-spent': 'access.problem.linkSpent',
	'no-mail': 'access.problem.noMail',
	'password-weak': 'access.problem.passwordWeak',
	'password-wrong': 'access.problem.passwordWrong',
	'code-wrong': 'access.problem.codeWrong',
	'already-member': 'access.problem.alreadyMember',
	'last-admin': 'access.problem.lastAdmin',
	'kept-by-provider': 'access.problem.keptByProvider',
	'workspace-exists': 'access.problem.workspaceExists',
	'person-needed': 'access.problem.personNeeded',
	unreachable: 'access.problem.unreachable',
};

/** Says why the server refused, and what to do. */
export function useProblem(): (error: unknown) => string {
	const { say } = useTexts();
	return error => {
		if (!(error instanceof AskFailed)) return error instanceof Error ? error.message : String(error);
		const { code, detail, invalid_params = [] } = error.problem;
		const key = known[code];
		if (key) return say(key);
		return [detail, ...invalid_params.map(({ name, reason }) => `${name}: ${reason}`)].join(' ');
	};
}
