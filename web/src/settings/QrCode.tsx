import { useMemo } from 'react';
import { qrPath } from './qr-path.ts';

/** A code to point a telephone at; black on white in the dark too, because many readers take no other. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
	const { size, path } = useMemo(() => qrPath(text), [text]);
	return (
		<svg
			role="img"
			aria-label={label}
			width={180}
			height={180}
			viewBox={`0 0 ${size} ${size}`}
			shapeRendering="crispEdges"
		>
			<rect width={size} height={size} fill="#fff" rx={1} />
			<path d={path} fill="#000" />
		</svg>
	);
}
