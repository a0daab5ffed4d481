import { z } from 'zod';
import { contract } from '../http/contract.ts';
import { personIdSchema, placeSchema, roleSchema, unitsGivenSchema } from './membership.ts';

export const personSchema = z.object({
	id: z.string(),
	name: z.string(),
	email: z.string(),
	role: roleSchema,
	units: unitsGivenSchema,
	twoFactor: z.boolean(),
	memberSince: z.string(),
	/** The provider whose groups decide the role, which therefore cannot be changed here; null otherwise. */
	keptBy: z.string().nullable(),
});

const params = z.object({ person: personIdSchema });

export const listPeople = contract({
	id: 'listPeople',
	method: 'GET',
	path: '/v1/people',
	room: 'access',
	summary: 'The people of the workspace with their roles and units',
	allows: [],
	units: 'all',
	answer: z.object({ items: z.array(personSchema) }),
});

export const changePerson = contract({
	id: 'changePerson',
	method: 'PUT',
	path: '/v1/people/{person}',
	room: 'access',
	summary: 'Give somebody another role or other units',
	description: 'Takes effect within five seconds. A workspace keeps at least one admin.',
	allows: [],
	params,
	body: placeSchema,
	answer: personSchema,
	problems: ['not-found', 'last-admin', 'kept-by-provider'],
});

export const removePerson = contract({
	id: 'removePerson',
	method: 'DELETE',
	path: '/v1/people/{person}',
	room: 'access',
	summary: 'Remove somebody from the workspace',
	description:
		'Takes effect within five seconds. Somebody who belongs to no other workspace is signed out and forgotten.',
	allows: [],
	params,
	answer: z.undefined(),
	status: 204,
	problems: ['not-found', 'last-admin'],
});
