import { useTexts } from '../texts/TextsProvider.tsx';
import { ChooseNewPassword } from './ChooseNewPassword.tsx';
import { HaveLinkMailed } from './HaveLinkMailed.tsx';
import { OutsidePage } from './OutsidePage.tsx';
import { useLinkToken } from './use-link-token.ts';

/** For whoever has lost their password: they have a link mailed, and by it choose a new one. */
export function NewPasswordPage() {
	const { say } = useTexts();
	const token = useLinkToken();
	if (token !== undefined) return <ChooseNewPassword key={token} token={token} />;
	return (
		<OutsidePage title={say('access.lost')}>
			<HaveLinkMailed />
		</OutsidePage>
	);
}
