-- What one has declared, and what waits for a project's reviewers, among all that logs declare.

create index declaration_of_annotator on declaration (annotator_id, declaration_id);
comment on index declaration_of_annotator is 'What one has declared, the latest first.';
create index declaration_of_project on declaration (project_id, declaration_id) where state = 'pending';
comment on index declaration_of_project is 'What waits for a decision in a project, the oldest first.';
