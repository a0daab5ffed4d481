import {
	createRootRoute,
	createRoute,
	createRouter,
	lazyRouteComponent,
	Outlet,
	redirect,
	retainSearchParams,
} from '@tanstack/react-router';
import { z } from 'zod';
import { OverviewPage } from '../overview/OverviewPage.tsx';
import { promiseSearchSchema, promisesSearchSchema } from '../promises/promises-search.ts';
import { withTexts } from '../texts/spoken.client.ts';
import { NotFound } from '../ui/NotFound.tsx';
import { PageFailed } from '../ui/PageFailed.tsx';
import { PageLoading } from '../ui/PageLoading.tsx';
import { AskFailed } from './ask.client.ts';
import { Frame } from './Frame.tsx';
import { FramedPage } from './FramedPage.tsx';
import { lineDrawn } from './Going.tsx';
import { type PeriodSearch, periodSearchSchema } from './period-search.ts';
import { queryClient } from './query-client.ts';
import { meQuery } from './session.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageFailed });

/** Everything that needs someone signed in. Whoever is not goes to sign in and comes back. */
const inside = createRoute({
	getParentRoute: () => root,
	id: 'inside',
	component: Frame,
	notFoundComponent: NotFound,
	beforeLoad: async ({ location, preload }) => {
		if (!preload) await lineDrawn();
		try {
			await queryClient.ensureQueryData(meQuery);
		} catch (error) {
			if (error instanceof AskFailed && error.problem.status === 401)
				throw redirect({ to: '/sign-in', search: { back: location.href } });
			throw error;
		}
	},
});

/** Pages about figures share the bar above them: period, comparison, unit, channel and segment live in the address. */
const framed = createRoute({
	getParentRoute: () => inside,
	id: 'framed',
	validateSearch: search => periodSearchSchema.parse(search),
	// Who goes from one page of figures to another goes on asking of the same period, unit and channel.
	search: {
		middlewares: [
			retainSearchParams<PeriodSearch>(['period', 'from', 'to', 'compare', 'unit', 'channel', 'segment']),
		],
	},
	component: FramedPage,
});

const backSearch = z.object({
	/** A place of ours: `//` and `/\\` would lead to another site. */
	back: z
		.string()
		.regex(/^\/(?![/\\])/)
		.optional()
		.catch(undefined),
	/** Why a provider sent somebody back without signing them in. */
	error: z.string().max(100).optional().catch(undefined),
});

const outside = [
	createRoute({
		getParentRoute: () => root,
		path: '/sign-in',
		validateSearch: search => backSearch.parse(search),
		component: lazyRouteComponent(() => withTexts(import('../access/SignInPage.tsx')), 'SignInPage'),
	}),
	createRoute({
		getParentRoute: () => root,
		path: '/setup',
		component: lazyRouteComponent(() => withTexts(import('../access/SetupPage.tsx')), 'SetupPage'),
	}),
	createRoute({
		getParentRoute: () => root,
		path: '/enter',
		component: lazyRouteComponent(() => withTexts(import('../access/EnterPage.tsx')), 'EnterPage'),
	}),
	createRoute({
		getParentRoute: () => root,
		path: '/new-password',
		component: lazyRouteComponent(
			() => withTexts(import('../access/NewPasswordPage.tsx')),
			'NewPasswordPage',
		),
	}),
	createRoute({
		getParentRoute: () => root,
		path: '/invitation',
		component: lazyRouteComponent(() => withTexts(import('../access/InvitationPage.tsx')), 'InvitationPage'),
	}),
];

const routes = root.addChildren([
	...outside,
	inside.addChildren([
		framed.addChildren([
			createRoute({
				getParentRoute: () => framed,
				path: '/',
				// The page of the morning comes with the frame: a file of its own would only be asked for later.
				component: OverviewPage,
			}),
			createRoute({
				getParentRoute: () => framed,
				path: '/promises',
				validateSearch: search => promisesSearchSchema.parse(search),
				component: lazyRouteComponent(
					() => withTexts(import('../promises/PromisesPage.tsx')),
					'PromisesPage',
				),
			}),
			createRoute({
				getParentRoute: () => framed,
				path: '/promises/$promise',
				validateSearch: search => promiseSearchSchema.parse(search),
				component: lazyRouteComponent(() => withTexts(import('../promises/PromisePage.tsx')), 'PromisePage'),
			}),
			createRoute({
				getParentRoute: () => framed,
				path: '/moments',
				component: lazyRouteComponent(() => withTexts(import('../moments/MomentsPage.tsx')), 'MomentsPage'),
			}),
			createRoute({
				getParentRoute: () => framed,
				path: '/moments/$moment',
				component: lazyRouteComponent(() => withTexts(import('../moments/MomentPage.tsx')), 'MomentPage'),
			}),
		]),
		createRoute({
			getParentRoute: () => inside,
			path: '/customers',
			validateSearch: search =>
				z.object({ search: z.string().max(200).optional().catch(undefined) }).parse(search),
			component: lazyRouteComponent(
				() => withTexts(import('../customers/CustomersPage.tsx')),
				'CustomersPage',
			),
		}),
		createRoute({
			getParentRoute: () => inside,
			path: '/customers/$customer',
			component: lazyRouteComponent(() => withTexts(import('../customers/CustomerPage.tsx')), 'CustomerPage'),
		}),
		createRoute({
			getParentRoute: () => inside,
			path: '/definitions',
			component: lazyRouteComponent(
				() => withTexts(import('../definitions/DefinitionsPage.tsx')),
				'DefinitionsPage',
			),
		}),
		createRoute({
			getParentRoute: () => inside,
			path: '/definitions/$kind',
			component: lazyRouteComponent(
				() => withTexts(import('../definitions/DefinitionsPage.tsx')),
				'DefinitionsPage',
			),
		}),
		createRoute({
			getParentRoute: () => inside,
			path: '/definitions/$kind/$id',
			// The event that a new moment shall claim, when one comes from a finding.
			validateSearch: search =>
				z.object({ event: z.string().max(200).optional().catch(undefined) }).parse(search),
			component: lazyRouteComponent(
				() => withTexts(import('../definitions/DefinitionPage.tsx')),
				'DefinitionPage',
			),
		}),
		createRoute({
			getParentRoute: () => inside,
			path: '/data',
			component: lazyRouteComponent(() => withTexts(import('../data/DataPage.tsx')), 'DataPage'),
		}),
		createRoute({
			getParentRoute: () => inside,
			path: '/data/$part',
			component: lazyRouteComponent(() => withTexts(import('../data/DataPage.tsx')), 'DataPage'),
		}),
		createRoute({
			getParentRoute: () => inside,
			path: '/settings',
			component: lazyRouteComponent(() => withTexts(import('../settings/SettingsPage.tsx')), 'SettingsPage'),
		}),
		createRoute({
			getParentRoute: () => inside,
			path: '/settings/$part',
			component: lazyRouteComponent(() => withTexts(import('../settings/SettingsPage.tsx')), 'SettingsPage'),
		}),
		// Whatever else somebody typed: the frame around it shows where one can go.
		createRoute({ getParentRoute: () => inside, path: '$', component: NotFound }),
	]),
]);

export const router = createRouter({
	routeTree: routes,
	defaultPreload: 'intent',
	defaultPendingComponent: PageLoading,
	// Until then the page before stays, with a line above it that says that another is coming.
	defaultPendingMs: 400,
	defaultPendingMinMs: 0,
	defaultErrorComponent: PageFailed,
	scrollRestoration: true,
});

declare module '@tanstack/react-router' {
	interface Register {
		router: typeof router;
	}
}
