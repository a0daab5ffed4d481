import {
	type Icon,
	IconAdjustments,
	IconDatabase,
	IconLayoutDashboard,
	IconListDetails,
	IconRoute,
	IconSettings,
	IconUsers,
} from '@tabler/icons-react';
import type { TextKey } from '../texts/texts.ts';

type Place = {
	readonly to: string;
	readonly text: TextKey;
	readonly icon: Icon /** The operation without which there is nothing to see. */;
	readonly needs?: string;
};

/** Where one can go, in the order of the product's story. */
export const places: readonly Place[] = [
	{ to: '/', text: 'app.overview', icon: IconLayoutDashboard },
	{ to: '/promises', text: 'app.promises', icon: IconListDetails },
	{ to: '/moments', text: 'app.moments', icon: IconRoute },
	{ to: '/customers', text: 'app.customers', icon: IconUsers, needs: 'listCustomers' },
	{ to: '/definitions', text: 'app.definitions', icon: IconAdjustments },
	{ to: '/data', text: 'app.data', icon: IconDatabase, needs: 'listRefusalGroups' },
	{ to: '/settings', text: 'app.settings', icon: IconSettings },
];
