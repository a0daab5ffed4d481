import { Link } from '@tanstack/react-router';
import classes from './PartNav.module.css';

/** The parts of a page, each at an address of its own. */
export function PartNav({
	label,
	parts,
}: {
	readonly label: string;
	readonly parts: readonly { readonly to: string; readonly text: string; readonly active: boolean }[];
}) {
	if (parts.length < 2) return null;
	return (
		<nav aria-label={label} className={classes.parts}>
			{parts.map(({ to, text, active }) => (
				<Link
					key={to}
					to={to}
					className={classes.part}
					data-active={active || undefined}
					aria-current={active ? 'page' : undefined}
				>
					{text}
				</Link>
			))}
		</nav>
	);
}
