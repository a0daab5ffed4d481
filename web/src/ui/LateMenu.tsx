import { useState } from 'react';
import { Late, late } from './Late.tsx';
import type { LateMenuProps } from './menu-entry.ts';

const openedMenu = late(async () => (await import('./OpenedMenu.tsx')).OpenedMenu);

/** A menu that is loaded when someone is about to open it. Its button is there at once. */
export function LateMenu(properties: LateMenuProps) {
	const [wanted, setWanted] = useState(false);
	const closed = properties.button({
		'aria-haspopup': 'menu',
		'aria-expanded': false,
		onClick: () => setWanted(true),
		onPointerEnter: () => void openedMenu.load(),
		onFocus: () => void openedMenu.load(),
	});
	if (!wanted) return closed;
	return <Late of={openedMenu} with={properties} meanwhile={closed} />;
}
