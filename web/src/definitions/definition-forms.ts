import type { Moment } from '@touchstone/domain/moments/moment';
import type { Owner } from '@touchstone/domain/owners/owner';
import type { Unit } from '@touchstone/domain/owners/unit';
import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import { CompanyFields } from './CompanyFields.tsx';
import type { DefinitionForm } from './definition-form.ts';
import {
	type CompanyOne,
	companyKind,
	momentKind,
	ownerKind,
	promiseKind,
	unitKind,
} from './definition-kind.client.ts';
import { MomentFields } from './MomentFields.tsx';
import { blankMoment, type MomentDraft, momentDraftOf, writtenMoment } from './moment-draft.ts';
import { OwnerFields, UnitFields } from './OwnerAndUnitFields.tsx';
import {
	type OwnerDraft,
	ownerDraftOf,
	type UnitDraft,
	unitDraftOf,
	written,
} from './owner-and-unit-draft.ts';
import { PromiseFields } from './PromiseFields.tsx';
import { blankPromise, type PromiseDraft, promiseDraftOf, writtenPromise } from './promise-draft.ts';

/** @param zone the company's time zone, in which promised days usually end */
export function promiseForm(zone: string): DefinitionForm<BrandPromise, PromiseDraft> {
	return {
		kind: promiseKind,
		listed: { kind: promiseKind, newTitle: 'definitions.new.promise' },
		calledAs: ({ wording }) => wording,
		blank: blankPromise(zone),
		draftOf: promise => promiseDraftOf(promise, zone),
		written: writtenPromise,
		places: [
			'id',
			'wording',
			'saidIn',
			'validFrom',
			'validTo',
			'moment',
			'target',
			'madeBy',
			'keptBy',
			'rule',
		],
		Fields: PromiseFields,
		dated: true,
	};
}

/** @param event what a new moment shall claim, where one comes from an event that nobody claims */
export function momentForm(event: string | undefined): DefinitionForm<Moment, MomentDraft> {
	return {
		kind: momentKind,
		listed: { kind: momentKind, newTitle: 'definitions.new.moment' },
		calledAs: ({ name }) => name,
		blank: blankMoment(event),
		draftOf: momentDraftOf,
		written: writtenMoment,
		places: ['id', 'name', 'description', 'stage', 'channel', 'handledBy', 'owner', 'claims'],
		Fields: MomentFields,
		dated: false,
	};
}

export const ownerForm: DefinitionForm<Owner, OwnerDraft> = {
	kind: ownerKind,
	listed: { kind: ownerKind, newTitle: 'definitions.new.owner' },
	calledAs: ({ name }) => name,
	blank: { id: '', name: '', businessFunction: '', reportsTo: '', email: '' },
	draftOf: ownerDraftOf,
	written,
	places: ['id', 'name', 'businessFunction', 'reportsTo', 'email'],
	Fields: OwnerFields,
	dated: false,
};

export const unitForm: DefinitionForm<Unit, UnitDraft> = {
	kind: unitKind,
	listed: { kind: unitKind, newTitle: 'definitions.new.unit' },
	calledAs: ({ name }) => name,
	blank: { id: '', name: '', parent: '' },
	draftOf: unitDraftOf,
	written,
	places: ['id', 'name', 'parent'],
	Fields: UnitFields,
	dated: false,
};

export const companyForm: DefinitionForm<CompanyOne, CompanyOne> = {
	kind: companyKind,
	calledAs: ({ name }) => name,
	blank: { id: 'company', name: '', currency: 'EUR', timeZone: 'UTC' },
	draftOf: company => company,
	written: company => ({
		...company,
		name: company.name.trim(),
		currency: company.currency.trim().toUpperCase(),
	}),
	places: ['name', 'currency', 'timeZone'],
	Fields: CompanyFields,
	dated: false,
};
