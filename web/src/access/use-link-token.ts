import { useEffect, useState } from 'react';
import { linkToken } from './link-token.ts';

/** The secret of the link one came by: the one the page was opened with, or one that was pasted into its address since. */
export function useLinkToken(): string | undefined {
	const [token, setToken] = useState(() => linkToken(window.location.hash));
	useEffect(() => {
		const read = () => setToken(linkToken(window.location.hash));
		window.addEventListener('hashchange', read);
		return () => window.removeEventListener('hashchange', read);
	}, []);
	return token;
}
