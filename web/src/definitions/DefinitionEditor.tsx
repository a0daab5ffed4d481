import { useQuery } from '@tanstack/react-query';
import { Asked } from '../ui/Panel.tsx';
import type { DefinitionForm } from './definition-form.ts';
import { newId } from './definition-parts.ts';
import { EditorForm } from './EditorForm.tsx';

/** One definition in its form, read first unless it is new. */
export function DefinitionEditor<Definition extends { readonly id: string }, Draft extends object>({
	form,
	id,
}: {
	readonly form: DefinitionForm<Definition, Draft>;
	readonly id: string;
}) {
	const isNew = id === newId;
	const query = useQuery({
		queryKey: ['definitions', form.kind.kind, 'one', id],
		queryFn: ({ signal }) => form.kind.read(id, signal),
		enabled: !isNew,
	});
	if (isNew) return <EditorForm form={form} stored={undefined} />;
	return (
		<Asked query={query} height={520}>
			{stored => <EditorForm key={id} form={form} stored={stored} />}
		</Asked>
	);
}
