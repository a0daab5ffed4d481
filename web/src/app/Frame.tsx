import {
	ActionIcon,
	AppShell,
	Burger,
	Group,
	NavLink,
	Text,
	useComputedColorScheme,
	useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutDashboard, IconMoon, IconSun } from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { Texts } from '../texts/texts.ts';
import classes from './Frame.module.css';

type Place = { readonly to: '/'; readonly text: keyof Texts; readonly icon: typeof IconSun };

const places: readonly Place[] = [{ to: '/', text: 'app.overview', icon: IconLayoutDashboard }];

/** What surrounds every page: where one can go, and how it looks. */
export function Frame() {
	const { say } = useTexts();
	const [opened, { toggle, close }] = useDisclosure();
	const path = useRouterState({ select: state => state.location.pathname });
	return (
		<AppShell
			header={{ height: 52 }}
			navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }}
			padding="lg"
		>
			<a href="#content" className={classes.skip}>
				{say('app.skip')}
			</a>
			<AppShell.Header className={classes.header}>
				<Group h="100%" px="md" justify="space-between" wrap="nowrap">
					<Group gap="xs" wrap="nowrap">
						<Burger
							opened={opened}
							onClick={toggle}
							hiddenFrom="sm"
							size="sm"
							aria-label={say('app.overview')}
						/>
						<Text fw={650}>Touchstone</Text>
					</Group>
					<ColorScheme />
				</Group>
			</AppShell.Header>
			<AppShell.Navbar p="xs" component="nav" className={classes.navbar}>
				{places.map(({ to, text, icon: Icon }) => (
					<NavLink
						key={to}
						component={Link}
						to={to}
						label={say(text)}
						leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
						active={to === '/' ? path === '/' : path.startsWith(to)}
						onClick={close}
						className={classes.place}
					/>
				))}
			</AppShell.Navbar>
			<AppShell.Main id="content" tabIndex={-1}>
				<Outlet />
			</AppShell.Main>
		</AppShell>
	);
}

function ColorScheme() {
	const { say } = useTexts();
	const { setColorScheme } = useMantineColorScheme();
	const scheme = useComputedColorScheme('light');
	const Icon = scheme === 'light' ? IconMoon : IconSun;
	return (
		<ActionIcon
			variant="subtle"
			color="gray"
			aria-label={say('app.colorScheme')}
			onClick={() => setColorScheme(scheme === 'light' ? 'dark' : 'light')}
		>
			<Icon size={18} stroke={1.6} />
		</ActionIcon>
	);
}
