import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './FormSection.module.css';

/** Fields of a form that belong together, under what they are about. */
export function FormSection({
	title,
	hint,
	children,
}: {
	readonly title: string;
	readonly hint?: string;
	readonly children: ReactNode;
}) {
	const name = useId();
	return (
		<section className={classes.section} aria-labelledby={name}>
			<div>
				<Title order={2} id={name}>
					{title}
				</Title>
				{hint ? <p className={classes.hint}>{hint}</p> : null}
			</div>
			{children}
		</section>
	);
}

/** Fields side by side where there is room. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
	return <div className={classes.row}>{children}</div>;
}
