import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './Going.module.css';

/**
 * A line at the top from the click on a link until its page is there. Set on the element itself: what React is told while the
 * router works is drawn together with the page, and this must be drawn before.
 */
export function Going() {
	const router = useRouter();
	const line = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const show = (going: boolean) => line.current?.toggleAttribute('data-going', going);
		const ends = [
			router.subscribe('onBeforeNavigate', () => show(true)),
			router.subscribe('onResolved', () => show(false)),
		];
		return () => {
			for (const end of ends) end();
		};
	}, [router]);
	return <div ref={line} className={classes.line} aria-hidden />;
}
