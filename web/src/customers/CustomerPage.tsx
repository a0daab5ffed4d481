import { Alert, Button, Group, Stack, Title } from '@mantine/core';
import { IconDownload, IconUserOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { eraseCustomers } from '@touchstone/domain/customers/erasure.contract';
import { exportCustomer, readCustomer } from '@touchstone/domain/metrics/customer-history.contract';
import { AskFailed, addressOf, ask } from '../app/ask.client.ts';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LinkTo } from '../ui/LinkTo.tsx';
import { Asked } from '../ui/Panel.tsx';
import classes from './Customer.module.css';
import { CustomerFacts } from './CustomerFacts.tsx';
import { EraseCustomer } from './EraseCustomer.tsx';
import { Timeline } from './Timeline.tsx';

/** One customer: who it is in sum, everything that happened, and the rights they have over it. */
export function CustomerPage() {
	const { say } = useTexts();
	const { customer } = useParams({ from: '/inside/customers/$customer' });
	const query = useQuery({
		queryKey: ['customers', 'one', customer],
		queryFn: ({ signal }) => ask(readCustomer, { params: { id: customer }, signal }),
	});
	const gone = query.error instanceof AskFailed && query.error.problem.status === 404;
	return (
		<Stack gap="lg">
			<LinkTo to="/customers" size="sm" className={classes.back}>
				{say('customers.all')}
			</LinkTo>
			<Group justify="space-between" align="flex-start" gap="sm">
				<Title order={1} className={classes.id}>
					{query.data?.id ?? customer}
				</Title>
				{gone ? null : <Actions customer={customer} />}
			</Group>
			{gone ? (
				<EmptyState icon={IconUserOff} title={say('customers.gone')} hint={say('customers.goneHint')}>
					<Button component={Link} to="/customers" size="xs" mt="xs" variant="default">
						{say('customers.all')}
					</Button>
				</EmptyState>
			) : (
				<>
					<Asked query={query} height={150}>
						{summary => (
							<Stack gap="lg">
								{summary.suppression ? <Suppressed {...summary.suppression} /> : null}
								<CustomerFacts summary={summary} />
							</Stack>
						)}
					</Asked>
					<Timeline key={customer} customer={customer} />
				</>
			)}
		</Stack>
	);
}

function Actions({ customer }: { readonly customer: string }) {
	const { say } = useTexts();
	const { may } = useMe();
	return (
		<Group gap="xs">
			{may.includes(exportCustomer.id) ? (
				<Button
					size="xs"
					variant="default"
					component="a"
					href={addressOf(exportCustomer.path, { id: customer }, {})}
					download={`customer-${customer}.json`}
					title={say('customers.exportHint')}
					leftSection={<IconDownload size={15} aria-hidden />}
				>
					{say('customers.export')}
				</Button>
			) : null}
			{may.includes(eraseCustomers.id) ? <EraseCustomer customer={customer} /> : null}
		</Group>
	);
}

function Suppressed({ at, reason }: { readonly at: string; readonly reason: string }) {
	const { say, formats } = useTexts();
	return (
		<Alert color="yellow" title={say('customers.suppressed', { time: formats.time(at) })}>
			{reason === '' ? null : say('customers.suppressedReason', { reason })}
		</Alert>
	);
}
