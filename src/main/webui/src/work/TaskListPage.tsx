import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { get } from '../api/http';
import { usePaged } from '../api/paged';
import type { Claims, Lack, Task } from '../api/types';
import { duration } from '../format/time';
import { Listed } from '../kit/states';
import { useFormat, useText } from '../text/text';
import { useObserved } from './Observed';
import { TaskFilters } from './TaskFilters';
import { filterOf, paramsOf } from './taskFilter';
import { usePay, Wages } from './Wages';

/** The server counts no further. */
const AVAILABLE_MAX = 200;

export function TaskListPage() {
  const t = useText();
  const [params, setParams] = useSearchParams();
  const filter = filterOf(params);
  const wanted = paramsOf(filter).toString();
  const tasks = usePaged<Task>(wanted ? `/api/tasks?${wanted}` : '/api/tasks');
  const currencies = useQuery({ queryKey: ['/api/tasks/currencies'], queryFn: () => get<string[]>('/api/tasks/currencies') });
  const claims = useQuery({ queryKey: ['/api/claims'], queryFn: () => get<Claims>('/api/claims') });
  const nothingToDo = tasks.items !== undefined && !wanted && !tasks.hasNextPage && tasks.items.every((task) => task.available === 0 || lacks(task).length > 0);
  useObserved(tasks.items === undefined ? null : { mode: nothingToDo ? 'watching' : 'search' });
  const openIn = (projectId: string) => claims.data?.claims.filter((claim) => claim.projectId === projectId).length ?? 0;
  return (
    <main id="main">
      <h1>{t.tasks.title}</h1>
      <p className="lead">{t.tasks.lead}</p>
      <TaskFilters filter={filter} currencies={currencies.data ?? []} onChange={(changed) => setParams(paramsOf(changed), { replace: true })} />
      <p className="muted" id="ranking">{t.tasks.ranking}</p>
      <Listed
        of={tasks}
        empty={wanted
          ? <><strong>{t.tasks.filter.nothing}</strong><p>{t.tasks.filter.nothingText}</p></>
          : <><strong>{t.tasks.empty}</strong><p>{t.tasks.emptyText}</p></>}
      >
        {(items) => (
          <ul className="cards" aria-describedby="ranking">
            {items.map((task) => <TaskCard key={task.projectId} task={task} open={openIn(task.projectId)} />)}
          </ul>
        )}
      </Listed>
    </main>
  );
}

function TaskCard({ task, open }: { task: Task; open: number }) {
  const t = useText();
  const { percent, count, ratio } = useFormat();
  const pay = usePay(task);
  return (
    <li className="card">
      <div className="card-head">
        <h2><Link to={`/tasks/${task.projectId}`}>{task.title}</Link></h2>
        <p className="muted">{t.tasks.commissionedBy(task.organisation)}</p>
      </div>
      <p>{task.purpose}</p>
      {task.contentWarning && <p className="note warn"><strong>{t.tasks.warning}</strong> {task.contentWarning}</p>}
      <Lacks task={task} />
      <Wages task={task} />
      <p className="card-foot">
        <span>{pay}</span>
        <span>{t.tasks.estimate(duration(task.estimateMillis))}</span>
        {task.medianMillis != null && <span>{t.tasks.median(duration(task.medianMillis))}</span>}
        {task.rejectionShare != null && <span>{t.tasks.rejected(percent(task.rejectionShare))}</span>}
        {task.daysToPay != null && <span>{t.tasks.daysToPay(ratio(Math.round(task.daysToPay * 10) / 10))}</span>}
        {task.assigned ? <span><strong>{t.tasks.assigned(task.assigned)}</strong></span> : <span>{t.tasks.available(task.available < AVAILABLE_MAX ? count(task.available) : `${count(task.available)}+`, task.available)}</span>}
        {open > 0 && <Link to={`/work/${task.projectId}`}>{t.tasks.resume(open)}</Link>}
      </p>
    </li>
  );
}

/** What keeps this person from the task, and the test that would change it. */
export function Lacks({ task }: { task: Task }) {
  const t = useText();
  if (lacks(task).length === 0) return null;
  const test = lacks(task).find((lack) => lack.qualificationId)?.qualificationId;
  return (
    <p className="note">
      <strong>{t.tasks.lacking}</strong> {lacks(task).map(t.tasks.lack).join(', ')}.{' '}
      {test && <Link to={`/qualifications/${test}?project=${task.projectId}`}>{t.tasks.takeTest}</Link>}
    </p>
  );
}

function lacks(task: Task): Lack[] {
  return task.lacks ?? [];
}
