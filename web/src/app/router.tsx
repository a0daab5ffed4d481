import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from '../ui/NotFound.tsx';
import { PageFailed } from '../ui/PageFailed.tsx';
import { PageLoading } from '../ui/PageLoading.tsx';
import { Frame } from './Frame.tsx';
import { periodSearchSchema } from './period-search.ts';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound, errorComponent: PageFailed });

/** The bar above most pages lives in the address: period, comparison, unit, channel. */
const framed = createRoute({
	getParentRoute: () => root,
	id: 'framed',
	validateSearch: search => periodSearchSchema.parse(search),
});

const routes = root.addChildren([
	framed.addChildren([
		createRoute({
			getParentRoute: () => framed,
			path: '/',
			component: lazyRouteComponent(() => import('../overview/OverviewPage.tsx'), 'OverviewPage'),
		}),
	]),
]);

export const router = createRouter({
	routeTree: routes,
	defaultPreload: 'intent',
	defaultPendingComponent: PageLoading,
	defaultErrorComponent: PageFailed,
	scrollRestoration: true,
});

declare module '@tanstack/react-router' {
	interface Register {
		router: typeof router;
	}
}
