import { afterEach, describe, expect, it, vi } from 'vitest';
import { deviceStore, idCookie } from './device.store.ts';

afterEach(() => vi.unstubAllGlobals());

/** localStorage, whose keys are properties of its own. @param room how many characters it takes */
function disk(room = Number.POSITIVE_INFINITY): Record<string, string> {
	const content: Record<string, string> = {};
	const size = () => Object.entries(content).reduce((sum, entry) => sum + entry.join('').length, 0);
	const methods = {
		getItem: (key: string) => content[key] ?? null,
		setItem(key: string, value: string) {
			if (size() + key.length + value.length > room) throw new DOMException('full', 'QuotaExceededError');
			content[key] = value;
		},
		removeItem(key: string) {
			delete content[key];
		},
	};
	const storage = new Proxy(content, {
		get: (target, key) => Reflect.get(methods, key) ?? Reflect.get(target, key),
	});
	vi.stubGlobal('localStorage', storage);
	return content;
}

describe('the store of a device', () => {
	it('keeps what it is given under its prefix, beside what others keep there', () => {
		const content = disk();
		content.theirs = 'not ours';
		const store = deviceStore('ts.a.');
		expect(store.set('user', 'C-1')).toBe(true);
		expect(deviceStore('ts.b.').get('user')).toBeNull();
		expect(deviceStore('ts.a.').get('user')).toBe('C-1');
		expect(store.keys()).toEqual(['user']);
		store.remove('user');
		expect(content).toEqual({ theirs: 'not ours' });
	});

	it('says that it is full as long as room can be made, and lives in memory where others have filled the disk', () => {
		const content = disk(30);
		const store = deviceStore('ts.');
		expect(store.set('e.1', 'x'.repeat(20))).toBe(true);
		expect(store.set('e.2', 'y'.repeat(20))).toBe(false);
		store.remove('e.1');
		content.theirs = 'z'.repeat(30);
		expect(store.set('e.2', 'y'.repeat(20))).toBe(true);
		expect(store.get('e.2')).toBe('y'.repeat(20));
		expect(store.keys()).toEqual(['e.2']);
		store.remove('e.2');
		expect(store.keys()).toEqual([]);
	});

	it('lives in memory where the visitor forbids storage', () => {
		Object.defineProperty(globalThis, 'localStorage', {
			configurable: true,
			get: () => {
				throw new DOMException('forbidden', 'SecurityError');
			},
		});
		const store = deviceStore('ts.');
		expect(store.set('user', 'C-1')).toBe(true);
		expect(store.get('user')).toBe('C-1');
		expect(store.keys()).toEqual(['user']);
		Reflect.deleteProperty(globalThis, 'localStorage');
	});
});

describe('the cookie with the anonymous id', () => {
	it.each([
		['https:', ';secure'],
		['http:', ''],
	])('is shared below its domain for a year (%s)', (protocol, secure) => {
		const page = { cookie: '' };
		vi.stubGlobal('document', page);
		vi.stubGlobal('location', { protocol });
		const cookie = idCookie('shop.example');
		cookie.clear();
		expect(page.cookie).toBe('');
		cookie.write('a-1');
		expect(page.cookie).toBe(`ts_id=a-1;domain=shop.example;path=/;max-age=31536000;samesite=lax${secure}`);
		page.cookie = 'other=1; ts_id=a-1; xts_id=2';
		expect(cookie.read()).toBe('a-1');
		cookie.clear();
		expect(page.cookie).toMatch(/^ts_id=;.*max-age=0/);
	});
});
