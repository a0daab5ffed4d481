/** What people are in a workspace. Each role is a way to work with the product, not a rank; `admin` may do everything. */
export const roles = ['admin', 'analyst', 'owner', 'frontline', 'moderator', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** What a person of each role may do, in words people choose by. */
export const whatRolesMayDo: Readonly<Record<Role, string>> = {
	admin: 'everything: people, keys, erasure, the audit log, and all the others may do',
	analyst: 'write definitions, bring data in, correct what was refused, and read every figure and customer',
	owner: 'read figures and customers, and try out rules before somebody saves them',
	frontline: 'read figures, and what happened to the customer in front of them',
	moderator: 'read figures and what customers said, with the customer it came from',
	viewer: 'read figures; no customer',
};
