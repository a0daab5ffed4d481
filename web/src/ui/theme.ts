import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** One quiet accent; red and green are kept for broken and kept, and never carry a meaning alone. */
const accent: MantineColorsTuple = [
	'#eef3ff',
	'#dbe4fb',
	'#b4c6f5',
	'#8aa6f0',
	'#678bec',
	'#466edc',
	'#2f5bd0',
	'#2650bb',
	'#1f47a8',
	'#133c95',
];

/** Red and amber dark enough that white words can be read on them, and they themselves on white. */
const red: MantineColorsTuple = [
	'#fdf0ef',
	'#fbdcda',
	'#f7b5b1',
	'#ff8f85',
	'#f0685f',
	'#c4372f',
	'#b3261e',
	'#a01f18',
	'#8c1a14',
	'#79150f',
];
const yellow: MantineColorsTuple = [
	'#fefaf0',
	'#fcf3dc',
	'#f3d98c',
	'#e5b94c',
	'#d09f26',
	'#946a00',
	'#8a6100',
	'#7a5600',
	'#6a4a00',
	'#5a3f00',
];

// The page may be scrolled below them: taking that away restyles every element of it, which is felt on a long page.
const unlocked = { defaultProps: { lockScroll: false } };

export const theme = createTheme({
	primaryColor: 'accent',
	primaryShade: { light: 6, dark: 5 },
	colors: { accent, red, yellow },
	fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", sans-serif',
	fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
	fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
	headings: {
		fontWeight: '600',
		sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1rem' }, h3: { fontSize: '0.9rem' } },
	},
	defaultRadius: 'md',
	cursorType: 'pointer',
	autoContrast: true,
	respectReducedMotion: true,
	components: { Drawer: unlocked, Modal: unlocked },
});
