import { useState } from 'react';
import { linkToken } from './link-token.ts';

/** The secret of the link one came by, as it was when the page was opened. */
export function useLinkToken(): string | undefined {
	const [token] = useState(() => linkToken(window.location.hash));
	return token;
}
