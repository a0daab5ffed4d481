import { Alert, Button, Checkbox, Group, Modal, Progress, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { eraseCustomers } from '@touchstone/domain/customers/erasure.contract';
import { readJob } from '@touchstone/domain/jobs/jobs.contract';
import { useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { PageFailed } from '../ui/PageFailed.tsx';
import { erasureOf } from './erasure-of.ts';

/** Removes a person for good, once their id is typed and a reason is given; then shows how far it has come. */
export function EraseCustomer({ customer }: { readonly customer: string }) {
	const { say } = useTexts();
	const client = useQueryClient();
	const [open, setOpen] = useState(false);
	const [typed, setTyped] = useState('');
	const [reason, setReason] = useState('');
	const [suppress, setSuppress] = useState(false);
	const erasing = useMutation({
		mutationFn: () => {
			const { customers, anonymousIds } = erasureOf(customer);
			const body = {
				customers: [...customers],
				anonymousIds: [...anonymousIds],
				suppress,
				reason: reason.trim(),
			};
			return ask(eraseCustomers, { body });
		},
	});
	const close = () => {
		setOpen(false);
		if (erasing.data) void client.invalidateQueries({ queryKey: ['customers'] });
	};
	const ready = typed.trim() === customer && reason.trim() !== '';
	return (
		<>
			<Button
				size="xs"
				variant="default"
				leftSection={<IconTrash size={15} aria-hidden />}
				onClick={() => setOpen(true)}
			>
				{say('customers.erase')}
			</Button>
			<Modal
				opened={open}
				onClose={close}
				title={say('customers.erase.title', { id: customer })}
				closeButtonProps={{ 'aria-label': say('ui.close') }}
			>
				{erasing.data ? (
					<ErasureProgress customer={customer} job={erasing.data.job} />
				) : (
					<form
						onSubmit={event => {
							event.preventDefault();
							if (ready) erasing.mutate();
						}}
					>
						<Stack gap="md">
							<Text size="sm">{say('customers.erase.text')}</Text>
							<TextInput
								data-autofocus
								label={say('customers.erase.type', { id: customer })}
								autoComplete="off"
								spellCheck={false}
								value={typed}
								onChange={event => setTyped(event.currentTarget.value)}
							/>
							<TextInput
								label={say('customers.erase.reason')}
								description={say('customers.erase.reasonHint')}
								placeholder={say('customers.erase.reasonExample')}
								required
								withAsterisk={false}
								maxLength={500}
								value={reason}
								onChange={event => setReason(event.currentTarget.value)}
							/>
							<Checkbox
								label={say('customers.erase.suppress')}
								checked={suppress}
								onChange={event => setSuppress(event.currentTarget.checked)}
							/>
							{erasing.error ? <PageFailed error={erasing.error} /> : null}
							<Group justify="flex-end" gap="xs">
								<Button variant="default" size="xs" onClick={close}>
									{say('ui.cancel')}
								</Button>
								<Button color="red" size="xs" type="submit" disabled={!ready} loading={erasing.isPending}>
									{say('customers.erase.confirm')}
								</Button>
							</Group>
						</Stack>
					</form>
				)}
			</Modal>
		</>
	);
}

function ErasureProgress({ customer, job: id }: { readonly customer: string; readonly job: string }) {
	const { say } = useTexts();
	const query = useQuery({
		queryKey: ['jobs', id],
		queryFn: ({ signal }) => ask(readJob, { params: { id }, signal }),
		refetchInterval: ({ state }) => (state.data?.finishedAt ? false : 1000),
	});
	const job = query.data;
	if (query.error) return <PageFailed error={query.error} reset={() => void query.refetch()} />;
	if (job?.state === 'failed' || job?.state === 'cancelled') {
		return (
			<Alert color="red" title={say('customers.erase.failed')} role="alert">
				{job.error}
			</Alert>
		);
	}
	const finished = job?.state === 'finished';
	const share = finished ? 100 : job?.total ? (100 * job.done) / job.total : 0;
	return (
		<Stack gap="sm">
			<Text size="sm" role="status">
				{say(finished ? 'customers.erase.done' : 'customers.erase.underWay', { id: customer })}
			</Text>
			<Progress.Root size="sm">
				<Progress.Section value={share} aria-label={say('customers.erase.progress')} />
			</Progress.Root>
			{finished ? (
				<Button component={Link} to="/customers" size="xs" variant="default">
					{say('customers.erase.toList')}
				</Button>
			) : (
				<Text size="xs" className="quiet">
					{say('customers.erase.leave')}
				</Text>
			)}
		</Stack>
	);
}
