import type { Problem } from '@touchstone/domain/http/problem';

/**
 * Every problem the product answers with: its status and a sentence that says what to do. The documentation lists the same set
 * (docs/errors.md) and a test compares both ways.
 */
export const problems = {
	'key-missing': {
		status: 401,
		title: 'Nobody is signed in, and no API key was sent',
		advice: 'Sign in, or send Authorization: Bearer <key>; `touchstone keys create` makes one.',
	},
	'session-ended': {
		status: 401,
		title: 'This session has ended',
		advice: 'Sign in again.',
	},
	'sign-in-refused': {
		status: 401,
		title: 'Signing in did not succeed',
		advice: 'Check the e-mail address, the password and, where it is asked for, the code.',
	},
	'too-many-attempts': {
		status: 429,
		title: 'Too many attempts',
		advice: 'Wait for the seconds named in Retry-After, then try again.',
	},
	'cross-site-request': {
		status: 403,
		title: 'This came from another site',
		advice: 'Open the product at its own address and do it there; programs use an API key.',
	},
	'key-unknown': {
		status: 401,
		title: 'This API key is not known',
		advice:
			'Check that it was copied whole and has not been revoked; `touchstone keys list` shows those that exist.',
	},
	'key-scope': {
		status: 403,
		title: 'This API key may not do that',
		advice: 'Use a key with one of the scopes named in the detail.',
	},
	'role-lacking': {
		status: 403,
		title: 'Your role does not do that',
		advice: 'Ask an admin of the workspace to do it, or for one of the roles named in the detail.',
	},
	'units-lacking': {
		status: 403,
		title: 'This needs every unit of the workspace',
		advice: 'It cannot be limited to the units you were given; ask an admin of the workspace.',
	},
	'membership-missing': {
		status: 403,
		title: 'You do not belong to this workspace',
		advice: 'Ask one of its admins to invite you, or choose another workspace.',
	},
	'person-needed': {
		status: 403,
		title: 'Only a person who signed in can do that',
		advice: 'Sign in instead of sending an API key.',
	},
	'key-needed': {
		status: 403,
		title: 'Only a program with an admin key can do that',
		advice: 'Send Authorization: Bearer <key> with an admin key.',
	},
	'password-weak': {
		status: 422,
		title: 'This password would be too easy to guess',
		advice: 'Do what invalid_params says; nothing was changed.',
	},
	'password-wrong': {
		status: 403,
		title: 'The password is not right',
		advice: 'Try again; an admin can remove and invite somebody anew who has lost it.',
	},
	'code-wrong': {
		status: 403,
		title: 'The code is not right',
		advice:
			'Wait for the next code of your authenticator app, and check that the clock of its device is right.',
	},
	'two-factor-on': {
		status: 409,
		title: 'Signing in asks for a second factor already',
		advice: 'End it first to use another authenticator app.',
	},
	'link-spent': {
		status: 410,
		title: 'This link is not good any more',
		advice: 'It was used, withdrawn, replaced or has expired; ask whoever sent it for a new one.',
	},
	'no-mail': {
		status: 409,
		title: 'No mail is sent from here',
		advice:
			'Ask whoever runs Touchstone for a link: touchstone sign-in-link <email> --forget-password makes one.',
	},
	'already-member': {
		status: 409,
		title: 'They belong to the workspace already',
		advice: 'Change their role or units instead.',
	},
	'belongs-elsewhere': {
		status: 409,
		title: 'They belong to other workspaces as well',
		advice: 'A key opens only its own workspace; let them sign in themselves.',
	},
	'last-admin': {
		status: 409,
		title: 'The workspace would be left without an admin',
		advice: 'Make somebody else an admin first.',
	},
	'kept-by-provider': {
		status: 409,
		title: 'The role is kept by the provider they sign in with',
		advice: 'Change the groups there; the role follows the next time they sign in.',
	},
	'workspace-exists': {
		status: 409,
		title: 'There is a workspace with this id',
		advice: 'Choose another id.',
	},
	'not-found': {
		status: 404,
		title: 'There is nothing at this address',
		advice: 'Check the path and the id; GET /openapi.json lists every address.',
	},
	'method-not-allowed': {
		status: 405,
		title: 'This address does not answer that method',
		advice: 'Use a method named in the Allow header.',
	},
	'request-invalid': {
		status: 400,
		title: 'The request does not fit what this address takes',
		advice: 'Correct the parameters named in invalid_params and send it again.',
	},
	'body-not-json': {
		status: 400,
		title: 'The body is not JSON',
		advice: 'Send one valid JSON value, or for streams one JSON object on each line.',
	},
	'body-too-large': {
		status: 413,
		title: 'The body is larger than this address takes',
		advice: 'Send it in smaller parts; the detail names the limit.',
	},
	'event-too-large': {
		status: 400,
		title: 'The event or batch is larger than the Segment interface takes',
		advice:
			'Send at most 32 KB an event and 500 KB a batch; POST /v1/interactions takes streams up to 100 MB.',
	},
	'items-refused': {
		status: 400,
		title: 'What was sent was refused, all or in part',
		advice:
			'Correct what invalid_params names and send it again under the same ids; what was stored counts once.',
	},
	'media-type-unsupported': {
		status: 415,
		title: 'This media type is not taken here',
		advice: 'Send one of the media types named in the detail.',
	},
	'version-conflict': {
		status: 409,
		title: 'Somebody changed it in the meantime',
		advice: 'Read it again and send your change with the new ETag in If-Match.',
	},
	'definition-invalid': {
		status: 422,
		title: 'The definitions do not hold together',
		advice: 'Correct what invalid_params names; nothing was changed.',
	},
	'job-not-cancellable': {
		status: 409,
		title: 'This job has already ended',
		advice: 'Read the job to see how it ended.',
	},
	'refusal-not-replayable': {
		status: 409,
		title: 'This refused item cannot be replayed',
		advice: 'It was replayed already or its content was too large to keep; send it again from its source.',
	},
	'import-running': {
		status: 409,
		title: 'This import is running already',
		advice: 'Wait for it to end, or cancel it first.',
	},
	overloaded: {
		status: 429,
		title: 'More arrives than can be stored right now',
		advice: 'Send it again after the seconds named in Retry-After; nothing of this request was taken.',
	},
	'store-unavailable': {
		status: 503,
		title: 'A store is not reachable',
		advice:
			'Send it again after the seconds named in Retry-After; it recovers by itself. `touchstone doctor` tells more.',
	},
	'query-too-heavy': {
		status: 503,
		title: 'The question took too long or too much memory',
		advice: 'Ask for a shorter period or a smaller part.',
	},
	internal: {
		status: 500,
		title: 'Something broke on our side',
		advice: 'Report the requestId to whoever runs this installation; the log tells more under it.',
	},
} as const satisfies Record<string, { status: number; title: string; advice: string }>;

export type ProblemCode = keyof typeof problems;
export type InvalidParam = { readonly name: string; readonly reason: string };

/**
 * An expected refusal on its way to the client. Thrown by routes and checks, turned into a problem body in one place. It does
 * not stand for defects: those stay ordinary errors and answer `internal`.
 */
export class Refusal extends Error {
	readonly code: ProblemCode;
	readonly invalidParams: readonly InvalidParam[];
	readonly headers: Readonly<Record<string, string>>;

	constructor(
		code: ProblemCode,
		detail?: string,
		extra: { invalidParams?: readonly InvalidParam[]; headers?: Readonly<Record<string, string>> } = {},
	) {
		super(detail ?? problems[code].advice);
		this.name = 'Refusal';
		this.code = code;
		this.invalidParams = extra.invalidParams ?? [];
		this.headers = extra.headers ?? {};
	}
}

/** The RFC 9457 body of a refusal. */
export function problemBody(refusal: Refusal, requestId: string, instance: string): Problem {
	const { status, title, advice } = problems[refusal.code];
	return {
		type: `/docs/errors#${refusal.code}`,
		title,
		status,
		detail: refusal.message === advice ? advice : `${refusal.message} ${advice}`,
		instance,
		code: refusal.code,
		requestId,
		...(refusal.invalidParams.length > 0 ? { invalid_params: [...refusal.invalidParams] } : {}),
	};
}
