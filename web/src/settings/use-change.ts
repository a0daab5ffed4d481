import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useProblem } from '../access/use-problem.ts';

/**
 * Something that is changed on the server: a refusal is said in words, what was read of it is read anew.
 *
 * @param changed the queries that show it
 */
export function useChange<Asked, Answer>(
	change: (asked: Asked) => Promise<Answer>,
	changed: readonly (readonly unknown[])[],
	onDone?: (answer: Answer) => void,
) {
	const queryClient = useQueryClient();
	const sayProblem = useProblem();
	return useMutation({
		mutationFn: change,
		onSuccess: answer => onDone?.(answer),
		onError: error => notifications.show({ color: 'red', message: sayProblem(error), autoClose: 8000 }),
		onSettled: () => Promise.all(changed.map(queryKey => queryClient.invalidateQueries({ queryKey }))),
	});
}
