import type { Role } from '@touchstone/domain/access/role';
import type { KeyScope } from '@touchstone/domain/http/contract';
import type { Things } from './two-workspaces.ts';

/** What one operation must let whom do. Written by hand, beside the contracts, so that neither changes unnoticed. */
export type RouteRow = {
	readonly roles: readonly Role[];
	readonly keys: readonly KeyScope[];
	/** Whether people with only the north may ask. */
	readonly cut: boolean;
	/** A question, or a change that comes to nothing: what is named exists only in the other workspace, or the body is wrong. */
	readonly ask: (own: Things, foreign: Things) => Asked;
	/**
	 * `halves`: whoever has all units reads of north and south, whoever has the north only of the north. `figures`: numbers, which
	 * with the south asked for are those of a unit without customers. `workspace`: the same for everybody in the workspace.
	 * `nothing`: it answers nothing of the workspace's.
	 */
	readonly shows: 'halves' | 'figures' | 'workspace' | 'nothing';
};

export type Asked = readonly [method: string, path: string, body?: unknown];

const all: readonly Role[] = ['admin', 'analyst', 'owner', 'frontline', 'moderator', 'viewer'];
const withCustomers: readonly Role[] = ['admin', 'analyst', 'owner', 'frontline', 'moderator'];
const analysts: readonly Role[] = ['admin', 'analyst'];
const admins: readonly Role[] = ['admin'];
const readers: readonly KeyScope[] = ['admin', 'read'];
const senders: readonly KeyScope[] = ['admin', 'intake'];
const adminKeys: readonly KeyScope[] = ['admin'];

const common = (path: string, shows: RouteRow['shows'] = 'workspace'): RouteRow => ({
	roles: all,
	keys: readers,
	cut: true,
	ask: ({ mark }) => ['GET', path.replaceAll('{mark}', mark)],
	shows,
});
const ofCustomers = (path: string): RouteRow => ({ ...common(path, 'halves'), roles: withCustomers });
const change = (roles: readonly Role[], ask: RouteRow['ask'], more: Partial<RouteRow> = {}): RouteRow => ({
	roles,
	keys: adminKeys,
	cut: false,
	ask,
	shows: 'nothing',
	...more,
});
const ofOneself = (ask: RouteRow['ask']): RouteRow => change(all, ask, { cut: true });
const sending = (path: string): RouteRow => change(analysts, () => ['POST', path, {}], { keys: senders });
const uncut = (roles: readonly Role[], path: string, more: Partial<RouteRow> = {}): RouteRow => ({
	...common(path),
	roles,
	cut: false,
	...more,
});

function definitions(
	kind: string,
	mine: string,
	theirs: string,
	plural = `${kind}s`,
): Record<string, RouteRow> {
	const Kind = kind.charAt(0).toUpperCase() + kind.slice(1);
	const Plural = plural.charAt(0).toUpperCase() + plural.slice(1);
	const path = `/v1/${plural}`;
	const foreign = (id: string, { mark }: Things) => id.replaceAll('{mark}', mark);
	return {
		[`list${Plural}`]: common(path),
		[`read${Kind}`]: common(`${path}/${mine}`),
		[`list${Kind}Versions`]: common(`${path}/${mine}/versions`),
		[`write${Kind}`]: change(analysts, (_, other) => ['PUT', `${path}/${foreign(theirs, other)}`, { id: 5 }]),
		[`archive${Kind}`]: change(analysts, (_, other) => ['DELETE', `${path}/${foreign(theirs, other)}`]),
		[`restore${Kind}`]: change(analysts, (_, other) => [
			'PUT',
			`${path}/${foreign(theirs, other)}/restoration`,
		]),
	};
}

export const routeTable: Readonly<Record<string, RouteRow>> = {
	...definitions('promise', '{mark}-in-two-days', '{mark}-in-two-days'),
	...definitions('moment', '{mark}-ordered', '{mark}-ordered'),
	...definitions('owner', '{mark}-chief', '{mark}-chief'),
	...definitions('unit', 'NORTH', 'NOWHERE-{mark}'),
	listStages: common('/v1/stages'),
	listChannels: common('/v1/channels'),
	readDefinitions: common('/v1/definitions'),
	applyDefinitions: change(analysts, () => ['PUT', '/v1/definitions', {}]),
	readFindings: common('/v1/definitions/findings'),
	readCompany: common('/v1/company'),
	writeCompany: change(analysts, () => ['PUT', '/v1/company', {}]),
	listCompanyVersions: common('/v1/company/versions'),

	readReport: common('/v1/report?unit={unit}', 'figures'),
	readReportSchema: common('/v1/report/schema', 'nothing'),
	listMetrics: common('/v1/metrics', 'nothing'),
	readOverviewKept: common('/v1/overview/kept?unit={unit}', 'figures'),
	listOverviewGaps: common('/v1/overview/gaps?unit={unit}', 'figures'),
	listOverviewChanges: common(
		'/v1/overview/changes?unit={unit}&from=2026-03-01T14:00:00Z&to=2026-03-04T00:00:00Z',
		'figures',
	),
	listPromiseFigures: common('/v1/promises/figures?unit={unit}', 'figures'),
	readPromiseFigures: common('/v1/promises/{mark}-in-two-days/figures?unit={unit}', 'figures'),
	listMomentFigures: common('/v1/moments/figures?unit={unit}', 'figures'),
	readMomentFigures: common('/v1/moments/{mark}-delivered/figures?unit={unit}', 'figures'),
	readJudgement: common('/v1/judgement', 'nothing'),
	listAnnotations: common('/v1/annotations', 'halves'),
	writeAnnotation: change(['admin', 'analyst', 'owner'], () => ['POST', '/v1/annotations', {}], {
		cut: true,
	}),
	removeAnnotation: change(
		['admin', 'analyst', 'owner'],
		(_, { annotation }) => ['DELETE', `/v1/annotations/${annotation}`],
		{ cut: true },
	),

	listVerdicts: ofCustomers('/v1/verdicts?promise={mark}-in-two-days'),
	previewRule: {
		...common('', 'halves'),
		roles: ['admin', 'analyst', 'owner'],
		ask: ({ mark }) => [
			'POST',
			'/v1/verdicts/preview',
			{ rule: { kind: 'by', start: `${mark}-ordered`, end: `${mark}-delivered`, due: { within: '3d' } } },
		],
	},
	listFeedback: ofCustomers('/v1/feedback'),
	listCustomers: ofCustomers('/v1/customers?search='),
	readCustomer: { ...ofCustomers('/v1/customers/south-0'), shows: 'nothing' },
	readCustomerTimeline: { ...ofCustomers('/v1/customers/south-0/timeline'), shows: 'nothing' },
	exportCustomer: {
		...ofCustomers('/v1/customers/south-0/export'),
		roles: analysts,
		keys: adminKeys,
		shows: 'nothing',
	},
	readInteractionsById: ofCustomers('/v1/interactions/by-id?customer=south-0&ids=%5B%22south-p-0%22%5D'),
	tailInteractions: { ...ofCustomers('/v1/interactions/tail'), roles: analysts },
	eraseCustomers: change(admins, () => ['POST', '/v1/customers/erasure', {}]),
	suppressCustomer: change(admins, () => ['PUT', '/v1/customers/nobody/suppression', { reason: 5 }]),
	readSuppression: uncut(analysts, '/v1/customers/{mark}-suppressed/suppression'),
	listSuppressions: uncut(analysts, '/v1/customers/suppressions'),
	liftSuppression: change(admins, (_, { mark }) => [
		'DELETE',
		`/v1/customers/${mark}-suppressed/suppression`,
	]),
	judgeAgain: change(admins, () => ['POST', '/v1/judgement', { promise: 5 }]),

	...Object.fromEntries(
		['identify', 'track', 'page', 'screen', 'group', 'alias', 'batch'].map(type => [
			type,
			sending(`/v1/${type}`),
		]),
	),
	sendInteractions: sending('/v1/interactions'),
	sendFeedback: sending('/v1/feedback'),
	sendCloudEvents: sending('/v1/cloudevents'),
	listRefusalGroups: uncut(analysts, '/v1/refusals/groups'),
	listRefusals: uncut(analysts, '/v1/refusals'),
	correctRefusal: change(analysts, (_, { refusal }) => [
		'PUT',
		`/v1/refusals/${refusal}/payload`,
		{ payload: {} },
	]),
	replayRefusal: change(analysts, (_, { refusal }) => ['POST', `/v1/refusals/${refusal}/replay`]),
	replayRefusals: change(analysts, () => ['POST', '/v1/refusals/replay', {}]),
	beginImport: change(analysts, () => ['POST', '/v1/imports', {}], { keys: senders }),
	moveCheckpoint: change(analysts, (_, { importing }) => ['PUT', `/v1/imports/${importing}/checkpoint`, {}], {
		keys: senders,
	}),
	readImport: uncut(analysts, '', {
		keys: ['admin', 'read', 'intake'],
		ask: ({ importing }) => ['GET', `/v1/imports/${importing}`],
	}),
	listImports: uncut(analysts, '/v1/imports'),
	listJobs: uncut(analysts, '/v1/jobs', { shows: 'nothing' }),
	readJob: uncut(analysts, '', { ask: ({ job }) => ['GET', `/v1/jobs/${job}`], shows: 'nothing' }),
	cancelJob: change(analysts, (_, { job }) => ['PUT', `/v1/jobs/${job}/cancellation`]),
	readHealth: uncut(admins, '/v1/health/details', { keys: adminKeys, shows: 'nothing' }),

	readMe: { ...common('/v1/me'), keys: ['admin', 'read', 'intake'] },
	writeMe: ofOneself(() => ['PUT', '/v1/me', {}]),
	chooseWorkspace: ofOneself((_, { mark }) => ['PUT', '/v1/me/workspace', { workspace: mark, more: 1 }]),
	changePassword: ofOneself(() => ['PUT', '/v1/me/password', {}]),
	beginTwoFactor: ofOneself(() => ['POST', '/v1/me/two-factor', {}]),
	confirmTwoFactor: ofOneself(() => ['PUT', '/v1/me/two-factor', {}]),
	endTwoFactor: ofOneself(() => ['POST', '/v1/me/two-factor/end', {}]),
	listSessions: { ...common('/v1/me/sessions', 'nothing'), keys: adminKeys },
	endSession: ofOneself((_, { session }) => ['DELETE', `/v1/me/sessions/${session}`]),
	listWorkspaces: common('/v1/workspaces'),
	createWorkspace: change(admins, () => ['POST', '/v1/workspaces', {}]),
	listPeople: uncut(admins, '/v1/people', { keys: adminKeys }),
	changePerson: change(admins, () => ['PUT', '/v1/people/nobody', { role: 'viewer' }]),
	removePerson: change(admins, () => ['DELETE', '/v1/people/nobody']),
	listInvitations: uncut(admins, '/v1/access/invitations', { keys: adminKeys }),
	invite: change(admins, () => ['POST', '/v1/access/invitations', {}]),
	withdrawInvitation: change(admins, (_, { invitation }) => [
		'DELETE',
		`/v1/access/invitations/${invitation}`,
	]),
	createSignInLink: change(admins, () => ['POST', '/v1/access/sign-in-links', {}]),
	listKeys: uncut(admins, '/v1/keys', { keys: adminKeys }),
	createKey: change(admins, () => ['POST', '/v1/keys', {}]),
	revokeKey: change(admins, (_, { key }) => ['PUT', `/v1/keys/${key}/revocation`]),
	searchAudit: uncut(admins, '/v1/audit', { keys: adminKeys, shows: 'nothing' }),
	exportAudit: uncut(admins, '/v1/audit/export', { keys: adminKeys, shows: 'nothing' }),
};

/** What needs neither key nor session, because it is how people get in. */
export const openRoutes: readonly string[] = [
	'acceptInvitation',
	'askForNewPassword',
	'chooseNewPassword',
	'readEntry',
	'readInvitation',
	'readNewPasswordLink',
	'setUp',
	'signInByLink',
];
