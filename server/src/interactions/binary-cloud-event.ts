import type { IncomingHttpHeaders } from 'node:http';
import { parseJson } from './request-body.ts';

/**
 * A CloudEvent in binary mode, its attributes in `ce-` headers and its data the body, as the structured event it stands for.
 * @throws Refusal when the body says JSON and is none
 */
export function binaryCloudEvent(headers: IncomingHttpHeaders, body: Buffer): Record<string, unknown> {
	const event: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (typeof value === 'string' && attributeHeader.test(name)) event[name.slice(3)] = unescaped(value);
	}
	const contentType = headers['content-type'];
	if (contentType !== undefined) event.datacontenttype = contentType;
	if (body.length === 0) return event;
	const mediaType = (contentType ?? 'application/json').split(';', 1)[0]?.trim().toLowerCase() ?? '';
	if (mediaType === 'application/json' || mediaType.endsWith('+json')) event.data = parseJson(body);
	else if (mediaType.startsWith('text/')) event.data = body.toString('utf8');
	else event.data_base64 = body.toString('base64');
	return event;
}

const attributeHeader = /^ce-(?!data$)[a-z0-9]{1,20}$/;

/** Values are percent-encoded; one that is not decodes to nothing sensible and stays as it came. */
function unescaped(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}
