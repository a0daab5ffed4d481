import { Menu } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { LateMenuProps } from './menu-entry.ts';

/** The menu itself. It opens when it comes, because that is why it was loaded; the focus goes back to its button. */
export function OpenedMenu({ button, entries, position, width }: LateMenuProps) {
	const [opened, setOpened] = useState(false);
	const target = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		target.current?.focus();
		setOpened(true);
	}, []);
	return (
		<Menu opened={opened} onChange={setOpened} position={position} width={width} withinPortal>
			<Menu.Target>{button({ ref: target })}</Menu.Target>
			<Menu.Dropdown>
				{entries.map(entry =>
					'heading' in entry ? (
						<Menu.Label key={entry.heading}>{entry.heading}</Menu.Label>
					) : (
						[
							entry.apart ? <Menu.Divider key={`before ${entry.text}`} /> : null,
							<Menu.Item
								key={entry.text}
								lang={entry.lang}
								fw={entry.chosen ? 600 : 400}
								leftSection={entry.icon}
								onClick={entry.onPick}
							>
								{entry.text}
							</Menu.Item>,
						]
					),
				)}
			</Menu.Dropdown>
		</Menu>
	);
}
