import { Link } from 'react-router';
import { usePaged } from '../api/paged';
import type { Project } from '../api/types';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { has, useMe } from '../session/session';
import { useFormat, useText } from '../text/text';
import { StateTag } from './StateTag';

export default function ProjectListPage() {
  const t = useText();
  const me = useMe();
  const { money, perHour, moment } = useFormat();
  const projects = usePaged<Project>('/api/projects');
  const mayCreate = has(me, 'requester');
  const create = <Link className="button primary" to="/projects/new">{t.projects.create}</Link>;
  return (
    <main id="main">
      <div className="title-row"><h1>{t.nav.projects}</h1>{mayCreate && <span className="actions-end"><Link to="/projects/payouts">{t.payouts.title}</Link>{create}</span>}</div>
      <Listed of={projects} empty={<><strong>{t.projects.empty}</strong><p>{t.projects.emptyText}</p></>}>
        {(items) => (
          <Table stacked label={t.nav.projects} head={(
            <tr><th>{t.projects.title}</th><th>{t.projects.state}</th><th className="n">{t.projects.reward}</th><th className="n">{t.wage.advertised}</th><th>{t.projects.created}</th></tr>
          )}>
            {items.map((project) => (
              <tr key={project.projectId}>
                <th scope="row"><Link to={`/projects/${project.projectId}`}>{project.title}</Link></th>
                <td><StateTag state={project.state} origin={project.origin} /></td>
                <td className="n">{(project.payRule === 'hour' ? perHour : money)(project.rewardMinor, project.currency)}</td>
                <td className="n">{project.advertisedMinorPerHour == null ? '–' : perHour(project.advertisedMinorPerHour, project.currency)}</td>
                <td>{project.createdAt && moment(project.createdAt)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
    </main>
  );
}
