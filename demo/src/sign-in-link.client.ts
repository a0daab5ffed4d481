import { createSignInLink } from '@touchstone/domain/access/entry.contract';
import { Refused, type TouchstoneClient } from './touchstone.client.ts';

const mostVisitors = 20;

/**
 * A link that signs the demo's visitor in once. A key opens only its own workspace: whoever has made a second one in the demo comes
 * back as another visitor, and finds the first by signing in as before.
 */
export async function signInLink(client: TouchstoneClient): Promise<string> {
	for (let n = 1; ; n++) {
		const visitor =
			n === 1
				? { email: 'demo@lumenhaus.example', name: 'Demo' }
				: { email: `demo-${n}@lumenhaus.example`, name: `Demo ${n}` };
		try {
			return (await client.send('POST', createSignInLink.path, visitor, createSignInLink.answer)).link;
		} catch (error) {
			if (!(error instanceof Refused) || error.code !== 'belongs-elsewhere' || n === mostVisitors)
				throw error;
		}
	}
}
