import type { DeviceStore, IdCookie } from './surroundings.ts';

/** The part of localStorage under a prefix; the page's memory where the browser gives none or others have filled it. */
export function deviceStore(prefix: string): DeviceStore {
	const memory = new Map<string, string>();
	const disk = localStorageIfAny();
	const keysOnDisk = () => Object.keys(disk ?? {}).filter(key => key.startsWith(prefix));
	return {
		keys: () => [...keysOnDisk(), ...memory.keys()].map(key => key.slice(prefix.length)),
		get: key => disk?.getItem(prefix + key) ?? memory.get(prefix + key) ?? null,
		set(key, value) {
			try {
				if (disk) {
					disk.setItem(prefix + key, value);
					return true;
				}
			} catch {
				// Full: as long as anything there is ours, room can be made.
				if (keysOnDisk().length > 0) return false;
			}
			memory.set(prefix + key, value);
			return true;
		},
		remove(key) {
			disk?.removeItem(prefix + key);
			memory.delete(prefix + key);
		},
	};
}

/** A first-party cookie that the sites below a domain share, for a year. Its ids are letters, digits and hyphens. */
export function idCookie(domain: string): IdCookie {
	const write = (value: string, maxAgeSeconds: number) => {
		const secure = location.protocol === 'https:' ? ';secure' : '';
		// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in two of the four large browsers.
		document.cookie = `ts_id=${value};domain=${domain};path=/;max-age=${maxAgeSeconds};samesite=lax${secure}`;
	};
	const read = () => /(?:^|; )ts_id=([\w-]+)/.exec(document.cookie)?.[1];
	return {
		read,
		write: id => write(id, 31_536_000),
		clear: () => {
			if (read()) write('', 0);
		},
	};
}

/** Reading the property alone throws where the visitor forbids storage. */
function localStorageIfAny(): Storage | undefined {
	try {
		return localStorage;
	} catch {
		return undefined;
	}
}
