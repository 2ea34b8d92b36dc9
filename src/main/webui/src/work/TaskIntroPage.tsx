import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { Link, useParams } from 'react-router';
import { get } from '../api/http';
import type { TaskDetail } from '../api/types';
import { duration } from '../format/time';
import { Fact } from '../kit/tables';
import { Loaded } from '../kit/states';
import { useFormat, useText } from '../text/text';
import { Guidelines } from './Guidelines';
import { useObserved } from './Observed';
import { OwnExposure } from './OwnExposure';
import { Lacks } from './TaskListPage';
import { Wages } from './Wages';

export function TaskIntroPage() {
  const t = useText();
  const { projectId } = useParams();
  const path = `/api/tasks/${projectId}`;
  const task = useQuery({ queryKey: [path], queryFn: () => get<TaskDetail>(path) });
  useObserved({ mode: 'search', projectId });
  return (
    <main id="main" className="narrow">
      <p className="crumb"><Link to="/tasks">← {t.nav.tasks}</Link></p>
      <Loaded of={task}>{(data) => <Intro task={data} />}</Loaded>
    </main>
  );
}

function Intro({ task }: { task: TaskDetail }) {
  const t = useText();
  const { money, perHour } = useFormat();
  const [accepted, setAccepted] = useState(!task.contentWarning);
  const lacks = task.lacks ?? [];
  const open = accepted && lacks.length === 0 && task.available > 0;
  return (
    <>
      <h1>{task.title}</h1>
      <p className="lead">{task.purpose}</p>
      <p className="muted">{t.tasks.commissionedBy(task.organisation)}</p>
      <Wages task={task} />
      <dl className="facts">
        {task.payRule === 'hour' ? <Fact label={t.intro.rate} note={t.intro.rateNote}>{perHour(task.rewardMinor, task.currency)}</Fact>
          : task.payRule === 'none' ? <Fact label={t.intro.elsewhere} note={t.intro.elsewhereNote}>{t.tasks.paidElsewhere}</Fact>
            : <Fact label={t.intro.reward}>{money(task.rewardMinor, task.currency)}</Fact>}
        <Fact label={t.intro.estimate}>{duration(task.estimateMillis)}</Fact>
        {task.floorMinorPerHour ? <Fact label={t.intro.floor} note={t.intro.floorNote}>{perHour(task.floorMinorPerHour, task.currency)}</Fact> : null}
        {task.extraPay?.hazardMinor ? <Fact label={t.intro.hazard} note={t.intro.hazardNote}>{money(task.extraPay.hazardMinor, task.currency)}</Fact> : null}
        {task.extraPay?.returnedMinorPerHour ? <Fact label={t.intro.returned}>{perHour(task.extraPay.returnedMinorPerHour, task.currency)}</Fact> : null}
        {task.extraPay?.qualificationMinorPerHour ? <Fact label={t.intro.qualification}>{perHour(task.extraPay.qualificationMinorPerHour, task.currency)}</Fact> : null}
        {task.goldPercent ? <Fact label={t.intro.gold} note={t.intro.goldNote}>{t.rules.goldPercent(task.goldPercent)}</Fact> : null}
        {task.rest ? <Fact label={t.intro.rest} note={t.intro.restNote}>{t.rules.restAfter(task.rest.afterMinutes, task.rest.minutes)}</Fact> : null}
        <Fact label={t.intro.idle} note={t.intro.idleNote}>{duration(task.idleMillis)}</Fact>
      </dl>
      {task.extraPay?.bonusTerms && <p className="note"><strong>{t.intro.bonus}</strong> {task.extraPay.bonusTerms}</p>}
      <section>
        <h2>{t.guidelines}</h2>
        <Guidelines task={task} />
      </section>
      {task.contentWarning && (
        <div className="note warn">
          <p><strong>{t.tasks.warning}</strong> {task.contentWarning}</p>
          <Checkbox className="checkbox" isSelected={accepted} onChange={setAccepted}>
            <span className="box-mark" aria-hidden="true" />{t.intro.acceptWarning}
          </Checkbox>
          <OwnExposure />
        </div>
      )}
      <Lacks task={task} />
      <div className="actions sticky">
        {open
          ? <Link className="button primary large" to={`/work/${task.projectId}`}>{t.intro.start}</Link>
          : <span className="muted">{task.available === 0 ? t.intro.nothingLeft : !accepted ? t.intro.warningFirst : ''}</span>}
      </div>
    </>
  );
}
