-- People with some units see these and no others, also where units are defined. The definitions in force are read with all.

create policy own_units on definitions as restrictive for select to touchstone_scoped
	using (kind <> 'unit' or scope_covers_unit(id));
