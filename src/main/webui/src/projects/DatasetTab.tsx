import { useQuery } from '@tanstack/react-query';
import { get } from '../api/http';
import { usePaged } from '../api/paged';
import type { Dataset, DatasetVersion, ItemLabel, Project } from '../api/types';
import { answerText, ItemContent } from '../kit/content';
import { Empty, Listed, Loaded } from '../kit/states';
import { Fact, Table } from '../kit/tables';
import { has, useMe } from '../session/session';
import { useFormat, useText } from '../text/text';
import { ReleaseForm } from './ReleaseForm';
import { VersionCard } from '../market/VersionCard';

export function DatasetTab({ project }: { project: Project }) {
  const t = useText();
  const me = useMe();
  const { count } = useFormat();
  const path = `/api/projects/${project.projectId}/dataset`;
  const dataset = useQuery({ queryKey: [path], queryFn: () => get<Dataset>(path), refetchInterval: 5_000 });
  return (
    <>
      <section>
        <h2>{t.dataset.working}</h2>
        <Loaded of={dataset}>
          {(data) => (
            <dl className="facts">
              <Fact label={t.dataset.rows}>{count(data.rows)}</Fact>
              <Fact label={t.dataset.train}>{count(data.train)}</Fact>
              <Fact label={t.dataset.test}>{count(data.test)}</Fact>
            </dl>
          )}
        </Loaded>
        <Labels project={project} />
      </section>
      <section>
        <h2>{t.dataset.versions}</h2>
        <Versions listed={dataset.data?.versions} project={project} />
        {has(me, 'requester') && <ReleaseForm project={project} />}
      </section>
    </>
  );
}

function Versions({ listed, project }: { listed: DatasetVersion[] | null | undefined; project: Project }) {
  const t = useText();
  const versions = listed ?? [];
  if (versions.length === 0) return <Empty>{t.dataset.noVersion}</Empty>;
  return <ul className="cards">{versions.map((version) => <VersionCard key={version.versionId} version={version} currency={project.currency} own />)}</ul>;
}

/** The values that tie, in the form's own words. */
function tiedText(project: Project, tied: Record<string, string[]>): string {
  return Object.entries(tied).flatMap(([question, values]) => values.map((value) => answerText(project.form, { [question]: value }))).join(' / ');
}

function Labels({ project }: { project: Project }) {
  const t = useText();
  const { percent, count } = useFormat();
  const labels = usePaged<ItemLabel>(`/api/projects/${project.projectId}/labels`);
  return (
    <details className="box">
      <summary>{t.dataset.labels}</summary>
      <Listed of={labels} empty={t.dataset.noLabel}>
        {(items) => (
          <Table label={t.dataset.labels} head={<tr><th>{t.items.content}</th><th>{t.dataset.agreed}</th><th className="n">{t.dataset.agreement}</th><th className="n">{t.project.labels}</th></tr>}>
            {items.map((item) => (
              <tr key={item.itemId}>
                <td className="compact"><small>{item.itemKey}</small>{item.content && <ItemContent content={item.content} />}</td>
                <td>{item.resolved ? <strong>{item.tied ? t.dataset.tied(tiedText(project, item.tied)) : answerText(project.form, item.answer)}</strong> : <span className="muted">{t.dataset.open}</span>}</td>
                <td className="n">{item.agreement == null ? '–' : percent(item.agreement)}</td>
                <td className="n">{count(item.labels)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
    </details>
  );
}
