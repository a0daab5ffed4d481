import { lazy, Suspense, useState } from 'react';
import type { LateMenuProps } from './menu-entry.ts';

const load = async () => ({ default: (await import('./OpenedMenu.tsx')).OpenedMenu });
const OpenedMenu = lazy(load);

/** A menu that is loaded when someone is about to open it. Its button is there at once. */
export function LateMenu(properties: LateMenuProps) {
	const [wanted, setWanted] = useState(false);
	const closed = properties.button({
		'aria-haspopup': 'menu',
		'aria-expanded': false,
		onClick: () => setWanted(true),
		onPointerEnter: () => void load(),
		onFocus: () => void load(),
	});
	if (!wanted) return closed;
	return (
		<Suspense fallback={closed}>
			<OpenedMenu {...properties} />
		</Suspense>
	);
}
