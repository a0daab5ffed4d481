import type { House, Room } from '../http/house.ts';
import type { AccessNeeds } from './access-needs.ts';
import { auditLogRoutes } from './audit-log.routes.ts';
import { entryRoutes } from './entry.routes.ts';
import { invitationRoutes } from './invitations.routes.ts';
import { meRoutes } from './me.routes.ts';
import { newPasswordRoutes } from './new-password.routes.ts';
import { peopleRoutes } from './people.routes.ts';
import { signInRoutes } from './sign-in.routes.ts';
import { workspaceRoutes } from './workspaces.routes.ts';

/** Who may come in, what they may, and what they did. */
export function accessRoom(house: House, needs: AccessNeeds): Room {
	return {
		name: 'access',
		routes(app) {
			signInRoutes(app, house, needs);
			entryRoutes(app, house, needs);
			newPasswordRoutes(app, house, needs);
			meRoutes(app, house, needs);
			peopleRoutes(app, house, needs);
			invitationRoutes(app, house, needs);
			workspaceRoutes(app, house, needs);
			auditLogRoutes(app, house);
		},
	};
}
