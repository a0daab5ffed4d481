/** The least a password must have; length is what makes guessing slow. */
export const shortestPassword = 12;
/** Longer ones are refused: hashing them would be work for nothing. */
export const longestPassword = 128;

/** What can be wrong with a password: `personal` when it holds what is known of whom it belongs to. */
export type PasswordFault = 'short' | 'long' | 'obvious' | 'personal';

const sentences: Readonly<Record<PasswordFault, string>> = {
	short: `Use at least ${shortestPassword} characters; a few unrelated words are easy to remember.`,
	long: `Use at most ${longestPassword} characters.`,
	obvious: 'This is one of the first passwords somebody would try; use something only you would think of.',
	personal: 'Leave your name and e-mail address out of it.',
};

/** What is wrong with a password somebody wants to use, each as a sentence that says what to do; empty when it is fine. */
export function passwordProblems(
	password: string,
	whose: { readonly email: string; readonly name?: string },
): string[] {
	return passwordFaults(password, whose).map(fault => sentences[fault]);
}

/**
 * What is wrong with a password somebody wants to use; empty when it is fine. No rule on which kinds of characters it has, because
 * such rules make passwords that are hard to remember and easy to guess (NIST SP 800-63B, 5.1.1.2).
 *
 * @param whose what is known of them, which their password must not hold
 */
export function passwordFaults(
	password: string,
	whose: { readonly email: string; readonly name?: string },
): PasswordFault[] {
	const plain = [withoutDecoration(password), password.toLowerCase().replaceAll(/[^a-z]/g, '')];
	const faults: PasswordFault[] = [];
	if (password.length < shortestPassword) faults.push('short');
	if (password.length > longestPassword) faults.push('long');
	if (obvious.some(word => plain.includes(word) || plain.includes(word.repeat(2))) || isRun(password))
		faults.push('obvious');
	if (wordsOf(whose).some(word => password.toLowerCase().includes(word))) faults.push('personal');
	return faults;
}

/** What is left when somebody only decorated a word: lower case, look-alike digits as letters, no digits or signs around it. */
function withoutDecoration(password: string): string {
	return password
		.toLowerCase()
		.replace(/^[^a-z]+|[^a-z]+$/g, '')
		.replaceAll(/[@4]/g, 'a')
		.replaceAll('3', 'e')
		.replaceAll(/[1!]/g, 'i')
		.replaceAll('0', 'o')
		.replaceAll(/[$5]/g, 's')
		.replaceAll('7', 't')
		.replaceAll(/[^a-z]/g, '');
}

/** Few different characters, or a walk along the keyboard or the alphabet. */
function isRun(password: string): boolean {
	const text = password.toLowerCase();
	if (new Set(text).size < 5) return true;
	return walks.some(walk => isAlong(text, walk) || isAlong(text, [...walk].reverse().join('')));
}

function isAlong(text: string, walk: string): boolean {
	const steps = [...text].slice(1).filter((letter, index) => {
		const before = walk.indexOf(text[index] ?? '');
		return before >= 0 && walk[(before + 1) % walk.length] === letter;
	});
	return steps.length >= (text.length - 1) * 0.75;
}

function wordsOf({ email, name = '' }: { readonly email: string; readonly name?: string }): string[] {
	const [local = '', domain = ''] = email.toLowerCase().split('@');
	const company = domain.split('.').at(-2) ?? '';
	return [
		email.toLowerCase(),
		local,
		company,
		...local.split(/[._+-]/),
		...name.toLowerCase().split(/\s+/),
	].filter(word => word.length >= 4);
}

const walks = [
	'abcdefghijklmnopqrstuvwxyz',
	'01234567890',
	'qwertyuiopasdfghjklzxcvbnm',
	'qwertzuiopasdfghjklyxcvbnm',
	'1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
];

const obvious = [
	'password',
	'passwort',
	'passwordpassword',
	'mypassword',
	'newpassword',
	'thisismypassword',
	'changeme',
	'changemenow',
	'letmein',
	'letmeinplease',
	'welcome',
	'welcometo',
	'willkommen',
	'iloveyou',
	'administrator',
	'admin',
	'adminadmin',
	'superuser',
	'rootroot',
	'touchstone',
	'qwertyuiop',
	'qwertzuiop',
	'correcthorsebatterystaple',
	'trustnoone',
	'opensesame',
	'princess',
	'sunshine',
	'football',
	'fussball',
	'schatz',
	'geheim',
	'sommer',
	'winter',
	'summer',
	'spring',
	'autumn',
	'secret',
	'topsecret',
	'default',
	'starwars',
	'superman',
	'whatever',
	'monkey',
	'dragon',
];
