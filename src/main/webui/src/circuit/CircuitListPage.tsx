import { Link } from 'react-router';
import { usePaged } from '../api/paged';
import { Refused } from '../api/http';
import type { DatasetVersion, Model, Project } from '../api/types';
import { Listed } from '../kit/states';
import { useText } from '../text/text';

/** Every circuit that one may open: of models, data sets and projects. */
export default function CircuitListPage() {
  const t = useText();
  return (
    <main id="main" className="narrow">
      <h1>{t.circuit.listTitle}</h1>
      <p className="lead">{t.circuit.listLead}</p>
      <Section<Model> title={t.circuit.models} path="/api/models" kind="models" of={(model) => [model.modelId, model.name, model.organisation?.name]} />
      <Section<DatasetVersion> title={t.circuit.datasets} path="/api/datasets" kind="datasets" of={(version) => [version.versionId, `${version.name} ${version.number}`, version.organisation?.name]} />
      <Section<Project> title={t.circuit.projects} path="/api/projects" kind="projects" of={(project) => [project.projectId, project.title, undefined]} />
    </main>
  );
}

interface SectionProps<T> {
  title: string;
  path: string;
  kind: string;
  of: (item: T) => [id: string, name: string, organisation: string | undefined];
}

function Section<T>({ title, path, kind, of }: SectionProps<T>) {
  const t = useText();
  const list = usePaged<T>(path);
  // Not everybody may list everything; what is closed to one is left out.
  if (list.error instanceof Refused && list.error.problem.status === 403) return null;
  return (
    <section>
      <h2>{title}</h2>
      <Listed of={list} empty={t.circuit.none}>
        {(items) => (
          <ul className="plain-list">
            {items.map(of).map(([id, name, organisation]) => (
              <li key={id}><Link to={`/circuit/${kind}/${id}`}>{name}</Link> {organisation && <span className="muted">{organisation}</span>}</li>
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}
