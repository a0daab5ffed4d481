import {
	ActionIcon,
	AppShell,
	Burger,
	Group,
	NavLink,
	UnstyledButton,
	useComputedColorScheme,
	useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLogout, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { InZone, useTexts } from '../texts/TextsProvider.tsx';
import { type Language, languages } from '../texts/texts.ts';
import { HowComputedProvider } from '../ui/HowComputed.tsx';
import { Late, late } from '../ui/Late.tsx';
import { LateMenu } from '../ui/LateMenu.tsx';
import type { MenuEntry } from '../ui/menu-entry.ts';
import { PageLoading } from '../ui/PageLoading.tsx';
import { Brand } from './Brand.tsx';
import classes from './Frame.module.css';
import { Going } from './Going.tsx';
import { places } from './places.ts';
import { useMe } from './session.ts';
import { signOut } from './sign-out.client.ts';

/** The palette is loaded when it is first opened: most mornings nobody needs it. */
const commandPalette = late(async () => (await import('./CommandPalette.tsx')).CommandPalette);

/** What surrounds every page: where one can go, who one is, and how it looks. */
export function Frame() {
	const { say } = useTexts();

	const me = useMe();
	const [opened, { toggle, close }] = useDisclosure();
	const [palette, setPalette] = useState(false);
	const path = useRouterState({ select: state => state.location.pathname });
	useEffect(() => {
		const onKey = (event: KeyboardEvent) => {
			if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
			event.preventDefault();
			setPalette(true);
		};
		window.addEventListener('keydown', onKey);
		return () => window.removeEventListener('keydown', onKey);
	}, []);
	return (
		<HowComputedProvider>
			<Going />
			<AppShell
				layout="alt"
				header={{ height: { base: 52, sm: 0 } }}
				navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
				padding="lg"
			>
				<a href="#content" className={classes.skip}>
					{say('app.skip')}
				</a>
				<AppShell.Header className={classes.header} hiddenFrom="sm">
					<Group h="100%" px="md" gap="xs" wrap="nowrap">
						<Burger opened={opened} onClick={toggle} size="sm" aria-label={say('app.menu')} />
						<Brand />
					</Group>
				</AppShell.Header>
				<AppShell.Navbar p="sm" component="nav" aria-label={say('app.menu')} className={classes.navbar}>
					<Group justify="space-between" px={8} pb="sm" wrap="nowrap">
						<Brand />
						<Burger opened={opened} onClick={toggle} size="sm" hiddenFrom="sm" aria-label={say('app.menu')} />
					</Group>
					<UnstyledButton
						className={classes.search}
						onClick={() => setPalette(true)}
						onPointerEnter={() => void commandPalette.load()}
						onFocus={() => void commandPalette.load()}
					>
						<IconSearch size={15} stroke={1.7} aria-hidden />
						<span>{say('app.find')}</span>
						<kbd className={classes.key}>Ctrl K</kbd>
					</UnstyledButton>
					<div className={classes.places}>
						{places
							.filter(({ needs }) => !needs || me.may.includes(needs))
							.map(({ to, text, icon: Icon }) => (
								<NavLink
									key={to}
									component={Link}
									to={to}
									label={say(text)}
									leftSection={<Icon size={17} stroke={1.6} aria-hidden />}
									active={to === '/' ? path === '/' : path.startsWith(to)}
									onClick={close}
									className={classes.place}
								/>
							))}
					</div>
					<Account />
				</AppShell.Navbar>
				<AppShell.Main id="content" tabIndex={-1} className={classes.main}>
					<div className={classes.page}>
						<InZone zone={me.timeZone}>
							<Suspense fallback={<PageLoading />}>
								<Outlet />
							</Suspense>
						</InZone>
					</div>
				</AppShell.Main>
			</AppShell>
			{palette ? (
				<Late
					of={commandPalette}
					with={{ onClose: () => setPalette(false) }}
					meanwhile={<div className={classes.shade} />}
				/>
			) : null}
		</HowComputedProvider>
	);
}

function Account() {
	const { say, language, speak } = useTexts();
	const me = useMe();
	const { setColorScheme } = useMantineColorScheme();
	const scheme = useComputedColorScheme('light');
	const Scheme = scheme === 'light' ? IconMoon : IconSun;
	const entries: readonly MenuEntry[] = [
		{ heading: say('app.language') },
		...Object.entries(languages).map(([tag, name]) => ({
			text: name,
			lang: tag,
			chosen: tag === language,
			onPick: () => speak(languageOf(tag)),
		})),
		{
			text: say('app.signOut'),
			icon: <IconLogout size={15} aria-hidden />,
			apart: true,
			onPick: () => void signOut(),
		},
	];
	return (
		<Group gap={4} wrap="nowrap" className={classes.account}>
			<LateMenu
				position="top-start"
				width={200}
				entries={entries}
				button={properties => (
					<UnstyledButton
						className={classes.who}
						aria-label={`${say('app.account')}: ${me.name}`}
						{...properties}
					>
						<span
							className={classes.initial}
							data-initial={me.name.slice(0, 1).toUpperCase()}
							aria-hidden="true"
						/>
						<span className={classes.name}>{me.name}</span>
					</UnstyledButton>
				)}
			/>
			<ActionIcon
				variant="subtle"
				color="gray"
				aria-label={say('app.colorScheme')}
				onClick={() => setColorScheme(scheme === 'light' ? 'dark' : 'light')}
			>
				<Scheme size={17} stroke={1.6} />
			</ActionIcon>
		</Group>
	);
}

function languageOf(tag: string): Language {
	return tag === 'de' ? 'de' : 'en';
}
