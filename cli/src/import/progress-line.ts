/** How far an import is, for one line on a terminal. Bytes are those of the files whose rows are read. */
export type Standing = {
	readonly bytes: number;
	readonly totalBytes: number;
	readonly rows: number;
	readonly refused: number;
	readonly seconds: number;
	/** Bytes that were behind us when this run began. */
	readonly startBytes: number;
};

/** One line of at most `width` characters: bar, share, rows, speed, time to go. */
export function progressLine(standing: Standing, width: number): string {
	const { bytes, totalBytes, rows, refused, seconds, startBytes } = standing;
	const share = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
	const parts = [`${String(Math.floor(share * 100)).padStart(3)} %`, `${grouped(rows)} rows`];
	if (seconds > 1) {
		parts.push(`${grouped(Math.round(rows / seconds))}/s`);
		const speed = (bytes - startBytes) / seconds;
		if (speed > 0 && share < 1) parts.push(`${spanInWords((totalBytes - bytes) / speed)} to go`);
	}
	if (refused > 0) parts.push(`${grouped(refused)} not imported`);
	const text = parts.join(' · ');
	const room = Math.min(30, width - text.length - 4);
	if (room < 5) return text.slice(0, width);
	const filled = Math.round(share * room);
	return `[${'#'.repeat(filled)}${'-'.repeat(room - filled)}] ${text}`;
}

export function grouped(count: number): string {
	return count.toLocaleString('en-US');
}

/** 75 → `1 m 15 s`. */
export function spanInWords(seconds: number): string {
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	if (whole < 3600) return `${Math.floor(whole / 60)} m ${whole % 60} s`;
	return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} m`;
}
