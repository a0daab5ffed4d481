import { Button, Group, Title } from '@mantine/core';
import { IconArrowLeft, IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MomentFigures } from '@touchstone/domain/metrics/moment-figures.contract';
import { momentContracts } from '@touchstone/domain/moments/moments.contract';
import type { ReactNode } from 'react';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { OwnerName } from '../ui/OwnerName.tsx';
import classes from './MomentPage.module.css';

const number = { kind: 'number' } as const;

/** What the moment is, where it stands on the way, and who answers for it. */
export function MomentHeader({ figures }: { readonly figures: MomentFigures }) {
	const { say } = useTexts();
	const mayEdit = useMe().may.includes(momentContracts.write.id);
	return (
		<header>
			<Group justify="space-between" gap="xs" mb={4}>
				<Link to="/moments" search className={`plain-link quiet ${classes.back}`}>
					<IconArrowLeft size={14} aria-hidden />
					{say('moments.back')}
				</Link>
				{mayEdit ? (
					<Button
						component={Link}
						to={`/definitions/moments/${encodeURIComponent(figures.id)}`}
						size="xs"
						variant="default"
						leftSection={<IconPencil size={14} aria-hidden />}
					>
						{say('moments.edit')}
					</Button>
				) : null}
			</Group>
			<Title order={1}>{figures.name}</Title>
			{figures.description ? <p className={classes.description}>{figures.description}</p> : null}
			<dl className={classes.facts}>
				<Fact name={say('moments.stage')}>{say(`moments.stage.${figures.stage}`)}</Fact>
				<Fact name={say('moments.channel')}>{say(`moments.channel.${figures.channel}`)}</Fact>
				<Fact name={say('moments.place')}>
					{say(figures.physical ? 'moments.place.physical' : 'moments.place.digital')}
				</Fact>
				<Fact name={say('moments.handledBy')}>{say(`moments.handledBy.${figures.handledBy}`)}</Fact>
				<Fact name={say('moments.owner')}>
					<OwnerName owner={figures.owner} />
				</Fact>
				<Fact name={say('moments.volume')}>
					<FigureValue figure={figures.volume} unit={number} />
				</Fact>
				<Fact name={say('moments.customers')}>
					<FigureValue figure={figures.customers} unit={number} />
				</Fact>
			</dl>
		</header>
	);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}
