import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './Going.module.css';

let drawn: Promise<void> = Promise.resolve();

/**
 * Resolves when the line of the last click has been drawn. The work of a way to a page waits for it: drawing the page can take
 * longer than anybody wants to wait for a sign that the click was heard.
 */
export function lineDrawn(): Promise<void> {
	return drawn;
}

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
			router.subscribe('onBeforeNavigate', () => {
				show(true);
				drawn = nextFrame();
			}),
			router.subscribe('onResolved', () => show(false)),
		];
		return () => {
			for (const end of ends) end();
		};
	}, [router]);
	return <div ref={line} className={classes.line} aria-hidden />;
}

/** Until what is there now has been drawn; a page nobody sees has no frames, and does not wait. */
function nextFrame(): Promise<void> {
	if (document.hidden) return Promise.resolve();
	// Drawing follows the callback, and the timer follows the drawing.
	return new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
}
