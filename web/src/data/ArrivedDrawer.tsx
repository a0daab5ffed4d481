import { Drawer } from '@mantine/core';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Snippet } from '../ui/Snippet.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';

/** Everything one interaction says, as it stands in the log. */
export function ArrivedDrawer({
	item,
	onClose,
}: {
	readonly item: { readonly event: string };
	readonly onClose: () => void;
}) {
	useFocusBack();
	const { say } = useTexts();
	return (
		<Drawer
			opened
			onClose={onClose}
			position="right"
			title={item.event}
			size="lg"
			closeButtonProps={{ 'aria-label': say('ui.close') }}
		>
			<Snippet label={item.event} text={JSON.stringify(withoutEmpty(item), undefined, 2)} />
		</Drawer>
	);
}

function withoutEmpty(item: object): object {
	return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== '' && value !== null));
}
