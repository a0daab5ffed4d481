-- A third kind of link that is good once: somebody who lost their password chooses a new one by it.

alter table entry_links drop constraint entry_links_kind_check;
alter table entry_links add constraint entry_links_kind_check check (kind in ('setup', 'sign-in', 'new-password'));

create index entry_links_of_person on entry_links (person, created_at desc) where kind = 'new-password';
