import type { DeviceStore, IdCookie } from './surroundings.ts';

/** Who the visitor is, as far as the site has said. Kept on the device, so that their next visit is theirs too. */
export type Who = {
	/** The ids that every event carries. The first question makes the anonymous id. */
	ids(): { readonly anonymousId: string; readonly userId?: string };
	groupId(): string | null;
	/** Somebody else than before gets an anonymous id of their own: two people at one device are not one customer. */
	isUser(userId: string): void;
	inGroup(groupId: string): void;
	/** Starts over as nobody known. */
	forget(): void;
};

export function whoIn(store: DeviceStore, newId: () => string, cookie: IdCookie | undefined): Who {
	const forget = () => {
		for (const key of [anonymous, user, group]) store.remove(key);
		cookie?.clear();
	};
	const anonymousId = () => {
		const shared = cookie?.read();
		const kept = store.get(anonymous);
		const id = shared || kept || newId();
		if (kept !== id) store.set(anonymous, id);
		if (shared !== id) cookie?.write(id);
		return id;
	};
	return {
		ids() {
			const userId = store.get(user);
			return { anonymousId: anonymousId(), ...(userId ? { userId } : {}) };
		},
		groupId: () => store.get(group),
		isUser(userId) {
			const before = store.get(user);
			if (before && before !== userId) forget();
			store.set(user, userId);
		},
		inGroup(groupId) {
			store.set(group, groupId);
		},
		forget,
	};
}

const anonymous = 'anonymous';
const user = 'user';
const group = 'group';
