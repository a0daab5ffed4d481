/** Ends the session on the server, then loads the page anew so that nothing read before stays in memory; files kept for an import go as well. */
export async function signOut(): Promise<void> {
	await fetch('/auth/sign-out', {
		method: 'POST',
		credentials: 'same-origin',
		headers: { 'content-type': 'application/json' },
		body: '{}',
	});
	const { dropKeptImport } = await import('../data/kept-import.store.ts');
	await dropKeptImport();
	window.location.assign('/sign-in');
}
