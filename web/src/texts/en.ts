/** The texts in English, grouped by room: `<room>.<what>`. */
export const en = {
	'app.overview': 'Overview',
	'app.promises': 'Promises',
	'app.moments': 'Moments',
	'app.customers': 'Customers',
	'app.definitions': 'Definitions',
	'app.data': 'Data',
	'app.settings': 'Settings',
	'app.signOut': 'Sign out',
	'app.skip': 'Skip to content',
	'app.loading': 'Loading …',
	'app.tryAgain': 'Try again',
	'app.failed': 'This could not be read',
	'app.notFound': 'There is nothing at this address.',
	'app.colorScheme': 'Light or dark',
	'app.search': 'Search or jump to …',
} as const;
