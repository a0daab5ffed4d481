import { useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMe } from '../app/session.ts';
import { NotFound } from '../ui/NotFound.tsx';
import { DefinitionEditor } from './DefinitionEditor.tsx';
import { momentForm, ownerForm, promiseForm, unitForm } from './definition-forms.ts';

/** One promise, moment, owner or unit in its form; `+` in place of an id is a new one. */
export function DefinitionPage() {
	const { kind, id } = useParams({ from: '/inside/definitions/$kind/$id' });
	const { event } = useSearch({ from: '/inside/definitions/$kind/$id' });
	const { timeZone } = useMe();
	const promise = useMemo(() => promiseForm(timeZone), [timeZone]);
	const moment = useMemo(() => momentForm(event), [event]);
	switch (kind) {
		case 'promises':
			return <DefinitionEditor key={id} form={promise} id={id} />;
		case 'moments':
			return <DefinitionEditor key={id} form={moment} id={id} />;
		case 'owners':
			return <DefinitionEditor key={id} form={ownerForm} id={id} />;
		case 'units':
			return <DefinitionEditor key={id} form={unitForm} id={id} />;
		default:
			return <NotFound />;
	}
}
