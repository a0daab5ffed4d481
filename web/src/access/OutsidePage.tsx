import { Text, Title, UnstyledButton } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Brand } from '../app/Brand.tsx';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './OutsidePage.module.css';

/** A page for somebody who is not signed in: one column, one thing to do. */
export function OutsidePage({
	title,
	hint,
	children,
}: {
	readonly title: string;
	readonly hint?: string | undefined;
	readonly children?: ReactNode;
}) {
	const { language, speak } = useTexts();
	useEffect(() => {
		document.title = `${title} · Touchstone`;
	}, [title]);
	return (
		<div className={classes.page}>
			<main className={classes.column}>
				<Brand />
				<div>
					<Title order={1}>{title}</Title>
					{hint ? (
						<Text size="sm" className="quiet" mt={4}>
							{hint}
						</Text>
					) : null}
				</div>
				{children}
			</main>
			<footer className={classes.footer}>
				<UnstyledButton
					className={classes.language}
					lang="en"
					aria-pressed={language === 'en'}
					onClick={() => speak('en')}
				>
					English
				</UnstyledButton>
				<UnstyledButton
					className={classes.language}
					lang="de"
					aria-pressed={language === 'de'}
					onClick={() => speak('de')}
				>
					Deutsch
				</UnstyledButton>
			</footer>
		</div>
	);
}
