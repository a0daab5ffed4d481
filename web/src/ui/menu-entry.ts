import type { MenuProps } from '@mantine/core';
import type { ComponentPropsWithRef, ReactElement, ReactNode } from 'react';

/** A choice in a menu, or a heading above some. */
export type MenuEntry =
	| { readonly heading: string }
	| {
			readonly text: string;
			readonly onPick: () => void;
			readonly icon?: ReactNode;
			/** The language the text is in, where it is another than the page's. */
			readonly lang?: string;
			/** The one chosen now. */
			readonly chosen?: boolean;
			/** Stands apart from what is above it. */
			readonly apart?: boolean;
	  };

type ButtonProperties = Pick<
	ComponentPropsWithRef<'button'>,
	'ref' | 'onClick' | 'onFocus' | 'onPointerEnter' | 'aria-haspopup' | 'aria-expanded'
>;

export type LateMenuProps = {
	/** The button that opens it; it takes these properties. */
	readonly button: (properties: ButtonProperties) => ReactElement;
	readonly entries: readonly MenuEntry[];
	readonly position: NonNullable<MenuProps['position']>;
	readonly width: number;
};
