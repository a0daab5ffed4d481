import { encode } from 'uqr';

/** A QR code as the path of an SVG: one square of side 1 for each dark module, with the four modules of quiet around it that readers need. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
	const { size, data } = encode(text, { ecc: 'M', border: 4 });
	const path = data
		.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
		.join('');
	return { size, path };
}
