import { expect, it } from 'vitest';
import { workspaceIdFor } from './workspace-id.ts';

it('a workspace has a readable id', () => {
	expect(workspaceIdFor('  Lumenhaus Österreich & Café ')).toBe('lumenhaus-oesterreich-cafe');
	expect(workspaceIdFor('!?')).toBe('');
	expect(workspaceIdFor(`${'a'.repeat(79)} b`)).toBe('a'.repeat(79));
});
