import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { get } from '../api/http';
import type { Project } from '../api/types';
import { Loaded } from '../kit/states';
import { has, useMe } from '../session/session';
import { useText } from '../text/text';
import { AssignmentsTab } from './AssignmentsTab';
import { DatasetTab } from './DatasetTab';
import { ItemsTab } from './ItemsTab';
import { OverviewTab } from './OverviewTab';
import { ReviewTab } from './ReviewTab';
import { StateTag } from './StateTag';

const TABS = ['overview', 'items', 'assignments', 'review', 'dataset'] as const;

/** What a reviewer needs; the rest is the requester's. */
const REVIEWERS: readonly string[] = ['overview', 'items', 'review'];

export default function ProjectPage() {
  const t = useText();
  const requester = has(useMe(), 'requester');
  const { projectId, tab = 'overview' } = useParams();
  const path = `/api/projects/${projectId}`;
  const project = useQuery({ queryKey: [path], queryFn: () => get<Project>(path) });
  return (
    <main id="main">
      <p className="crumb"><Link to="/projects">← {t.nav.projects}</Link></p>
      <Loaded of={project}>
        {(data) => (
          <>
            <div className="title-row">
              <div><h1>{data.title}</h1><p className="lead">{data.purpose}</p></div>
              <div><StateTag state={data.state} origin={data.origin} /></div>
            </div>
            <nav className="tabs" aria-label={data.title}>
              {TABS.filter((each) => (requester || REVIEWERS.includes(each)) && (each !== 'assignments' || data.itemsNamedBy === 'requester')).map((each) => (
                <Link key={each} to={`/projects/${projectId}${each === 'overview' ? '' : `/${each}`}`} aria-current={each === tab ? 'page' : undefined}>{t.project.tabs[each]}</Link>
              ))}
              {requester && <Link to={`/circuit/projects/${projectId}`}>{t.project.tabs.circuit}</Link>}
            </nav>
            {tab === 'items' ? <ItemsTab project={data} /> : tab === 'review' ? <ReviewTab project={data} />
              : tab === 'assignments' ? <AssignmentsTab project={data} /> : tab === 'dataset' ? <DatasetTab project={data} /> : <OverviewTab project={data} />}
          </>
        )}
      </Loaded>
    </main>
  );
}
