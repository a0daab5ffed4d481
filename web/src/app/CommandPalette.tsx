import { Modal, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import classes from './CommandPalette.module.css';
import { definitionsQuery } from './definitions-query.ts';
import { places } from './places.ts';
import { useMe } from './session.ts';

type Choice = {
	readonly key: string;
	readonly label: string;
	readonly kind: string;
	readonly go: () => void;
};
const shownAtMost = 12;

/** Jumps to a page, a promise, a moment or a customer by typing a few letters. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
	useFocusBack();
	const { say } = useTexts();
	const { may } = useMe();
	const navigate = useNavigate();
	const list = useId();
	const [typed, setTyped] = useState('');
	const [at, setAt] = useState(0);
	const definitions = useQuery(definitionsQuery).data?.definitions;
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	const matches = (text: string) => words.every(word => text.toLowerCase().includes(word));
	const choices: Choice[] = [
		...places
			.filter(({ needs }) => !needs || may.includes(needs))
			.map(({ to, text }) => ({ key: to, label: say(text), kind: '', go: () => navigate({ to }) })),
		...(definitions?.promises ?? []).map(({ id, wording }) => ({
			key: `promise ${id}`,
			label: wording,
			kind: say('app.promises'),
			go: () => navigate({ to: '/promises/$promise', params: { promise: id } }),
		})),
		...(definitions?.moments ?? []).map(({ id, name }) => ({
			key: `moment ${id}`,
			label: name,
			kind: say('app.moments'),
			go: () => navigate({ to: '/moments/$moment', params: { moment: id } }),
		})),
	].filter(({ label, kind }) => matches(`${label} ${kind}`));
	const shown = [
		...choices.slice(0, shownAtMost),
		...(typed.trim() === '' || !may.includes('listCustomers')
			? []
			: [
					{
						key: 'customer',
						label: typed.trim(),
						kind: say('app.customers'),
						go: () => navigate({ to: '/customers', search: { search: typed.trim() } }),
					},
				]),
	];
	const choose = (choice: Choice | undefined) => {
		if (!choice) return;
		onClose();
		choice.go();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === 'ArrowDown') setAt(Math.min(at + 1, shown.length - 1));
		else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
		else if (event.key === 'Enter') choose(shown[at]);
		else return;
		event.preventDefault();
	};
	return (
		<Modal
			opened
			onClose={onClose}
			withCloseButton={false}
			padding={0}
			size={560}
			yOffset="12vh"
			aria-label={say('app.search')}
			transitionProps={{ duration: 80 }}
		>
			<TextInput
				data-autofocus
				variant="unstyled"
				size="md"
				px="md"
				placeholder={say('app.search')}
				aria-label={say('app.search')}
				role="combobox"
				aria-expanded
				aria-controls={list}
				aria-activedescendant={shown[at] ? `${list}-${at}` : undefined}
				leftSection={<IconSearch size={17} aria-hidden />}
				value={typed}
				onChange={event => {
					setTyped(event.currentTarget.value);
					setAt(0);
				}}
				onKeyDown={onKeyDown}
			/>
			<div id={list} role="listbox" aria-label={say('app.search')} className={classes.list}>
				{shown.map((choice, index) => (
					<UnstyledButton
						key={choice.key}
						id={`${list}-${index}`}
						role="option"
						aria-selected={index === at}
						tabIndex={-1}
						className={classes.choice}
						data-at={index === at || undefined}
						onMouseMove={() => setAt(index)}
						onClick={() => choose(choice)}
					>
						<span className={classes.label}>{choice.label}</span>
						<Text span size="xs" className="quiet">
							{choice.kind}
						</Text>
					</UnstyledButton>
				))}
				{shown.length === 0 ? (
					<Text size="sm" className="quiet" p="sm">
						{say('app.nothingFound')}
					</Text>
				) : null}
			</div>
		</Modal>
	);
}
