import type { IncomingMessage } from 'node:http';
import { EngineError } from './engine-error.ts';

/** Whether the body is a form whose fields stand for parts of the query string that would be too long there. */
export function isForm(request: Pick<IncomingMessage, 'headers'>): boolean {
	return (request.headers['content-type'] ?? '').startsWith('multipart/form-data');
}

/** The request's address with the fields of its form added. */
export async function urlWithForm(
	request: Pick<IncomingMessage, 'url' | 'headers'>,
	body: Buffer,
): Promise<string> {
	const contentType = request.headers['content-type'] ?? '';
	const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
	const form = await response.formData().catch((cause: unknown) => {
		throw new EngineError(62, 'SYNTAX_ERROR', 'Syntax error: the form cannot be read', { cause });
	});
	const fields = [...form].map(([name, value]): [string, string] => {
		if (typeof value === 'string') return [name, value];
		throw new EngineError(48, 'NOT_IMPLEMENTED', 'Tables cannot be sent along in a form');
	});
	const [path, search = ''] = (request.url ?? '/').split('?', 2);
	return `${path}?${new URLSearchParams([...new URLSearchParams(search), ...fields])}`;
}
