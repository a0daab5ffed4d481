import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/** A component whose code comes in a file of its own. */
export type LateComponent<Properties extends object> = {
	/** Fetches the code, once; for when somebody is about to want it. */
	readonly load: () => Promise<ComponentType<Properties>>;
	/** There once it has been loaded. */
	readonly now: () => ComponentType<Properties> | undefined;
};

export function late<Properties extends object>(
	load: () => Promise<ComponentType<Properties>>,
): LateComponent<Properties> {
	let there: ComponentType<Properties> | undefined;
	return {
		async load() {
			there ??= await load();
			return there;
		},
		now: () => there,
	};
}

/**
 * Shows a late component as soon as its code is there: at once when it is there already, and without the 300 ms for which React
 * holds back what follows a fallback of `Suspense`.
 */
export function Late<Properties extends object>({
	of,
	with: properties,
	meanwhile = null,
}: {
	readonly of: LateComponent<Properties>;
	readonly with: Properties;
	readonly meanwhile?: ReactNode;
}) {
	const [loaded, setLoaded] = useState<{
		readonly Component?: ComponentType<Properties>;
		readonly failed?: unknown;
	}>();
	const Component = of.now() ?? loaded?.Component;
	useEffect(() => {
		if (of.now()) return;
		let here = true;
		of.load().then(
			component => here && setLoaded({ Component: component }),
			(failed: unknown) => here && setLoaded({ failed }),
		);
		return () => {
			here = false;
		};
	}, [of]);
	if (Component) return <Component {...properties} />;
	// The page around it says that it could not be loaded, and offers to try again.
	if (loaded) throw loaded.failed;
	return meanwhile;
}
