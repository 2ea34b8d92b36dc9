import { useQuery } from '@tanstack/react-query';
import { get } from '../api/http';
import type { Cost, Progress, Project } from '../api/types';
import { duration } from '../format/time';
import { Loaded } from '../kit/states';
import { Bar, Fact } from '../kit/tables';
import { has, useMe } from '../session/session';
import { useFormat, useText } from '../text/text';
import { Guidelines } from '../work/Guidelines';
import { ProjectActions } from './ProjectActions';
import { Rules } from './Rules';

/** While the page is open the figures follow the work. */
const FOLLOW_MILLIS = 5_000;

export function OverviewTab({ project }: { project: Project }) {
  const t = useText();
  const me = useMe();
  const draft = project.state.toLowerCase() === 'draft';
  const costPath = `/api/projects/${project.projectId}/cost`;
  const cost = useQuery({ queryKey: [costPath], queryFn: () => get<Cost>(costPath), enabled: draft && has(me, 'requester') });
  const progressPath = `/api/projects/${project.projectId}/progress`;
  const progress = useQuery({ queryKey: [progressPath], queryFn: () => get<Progress>(progressPath), enabled: !draft, refetchInterval: FOLLOW_MILLIS });
  return (
    <>
      {draft && has(me, 'requester') && <section><h2>{t.project.cost}</h2><Loaded of={cost}>{(data) => <Costs cost={data} project={project} />}</Loaded></section>}
      {has(me, 'requester') && <ProjectActions project={project} cost={cost.data} />}
      {!draft && <section><h2>{t.project.progress}</h2><Loaded of={progress}>{(data) => <Progressing progress={data} project={project} />}</Loaded></section>}
      <section>
        <h2>{t.guidelines}</h2>
        {project.contentWarning && <p className="note warn"><strong>{t.tasks.warning}</strong> {project.contentWarning}</p>}
        <Guidelines task={project} />
      </section>
      <Rules project={project} />
    </>
  );
}

function Costs({ cost, project }: { cost: Cost; project: Project }) {
  const t = useText();
  const { money, perHour, count } = useFormat();
  const currency = cost.currency ?? project.currency;
  const wage = cost.advertisedMinorPerHour ?? project.advertisedMinorPerHour;
  const missing = cost.missingMinor ?? Math.max(0, cost.totalMinor - cost.cashMinor);
  return (
    <>
      <dl className="facts">
        <Fact label={t.project.labels}>{count(cost.labels)}</Fact>
        <Fact label={t.project.rewards}>{money(cost.rewardsMinor, currency)}</Fact>
        <Fact label={t.project.reserve}>{money(cost.reserveMinor, currency)}</Fact>
        <Fact label={t.project.total}>{money(cost.totalMinor, currency)}</Fact>
        <Fact label={t.project.cash}>{money(cost.cashMinor, currency)}</Fact>
        {wage != null && <Fact label={t.wage.advertised}>{perHour(wage, currency)}</Fact>}
      </dl>
      {missing > 0 && <p className="note warn">{t.project.missing(money(missing, currency))}</p>}
    </>
  );
}

function Progressing({ progress, project }: { progress: Progress; project: Project }) {
  const t = useText();
  const { money, perHour, count } = useFormat();
  const bar = (label: string, value: number, max: number, tone?: string) =>
    <Bar label={label} value={value} max={max} text={`${count(value)} / ${count(max)}`} tone={tone} />;
  const slower = progress.medianMillis != null && progress.medianMillis > project.estimateMillis;
  return (
    <>
      {progress.notice && progress.noticeCode !== 'ESTIMATE_TOO_SHORT' && <p className="note warn">{t.project.notices[progress.noticeCode ?? ''] ?? progress.notice}</p>}
      {slower && <p className="note warn">{t.project.slower(duration(progress.medianMillis!), duration(project.estimateMillis))}</p>}
      <div className="columns">
        <div>
          {bar(t.project.answered, progress.submitted + progress.approved + progress.rejected, progress.slots)}
          {bar(t.project.approved, progress.approved, progress.slots)}
          {bar(t.project.rejected, progress.rejected, progress.slots, 'bad')}
          {bar(t.project.claimed, progress.claimed, progress.slots, 'warm')}
          {progress.resolved != null && bar(t.project.resolved, progress.resolved, progress.items)}
        </div>
        <dl className="facts">
          <Fact label={t.project.observed}>{duration(progress.observedMillis)}</Fact>
          {progress.declaredMillis > 0 && <Fact label={t.project.declared} note={project.origin && project.origin !== 'normal' ? t.sources[project.origin] : undefined}>{duration(progress.declaredMillis)}</Fact>}
          {progress.medianMillis != null && <Fact label={t.project.median} note={t.project.estimated(duration(project.estimateMillis))}>{duration(progress.medianMillis)}{progress.q1Millis != null && progress.q3Millis != null && <small>{t.project.quartiles(duration(progress.q1Millis), duration(progress.q3Millis))}</small>}</Fact>}
          {project.advertisedMinorPerHour != null && <Fact label={t.wage.advertised}>{perHour(project.advertisedMinorPerHour, project.currency)}</Fact>}
          {progress.advertisedNowMinorPerHour != null && <Fact label={t.project.advertisedNow} note={t.project.advertisedNowNote}>{perHour(progress.advertisedNowMinorPerHour, project.currency)}</Fact>}
          {progress.medianEffectiveMinorPerHour != null && <Fact label={t.wage.median}>{perHour(progress.medianEffectiveMinorPerHour, project.currency)}</Fact>}
          {progress.effectiveMinorPerHour != null && <Fact label={t.project.effective}>{perHour(progress.effectiveMinorPerHour, project.currency)}</Fact>}
          {progress.spentMinor != null && <Fact label={t.project.spent}>{money(progress.spentMinor, project.currency)}</Fact>}
          {progress.dueMinor != null && <Fact label={t.project.due}>{money(progress.dueMinor, project.currency)}</Fact>}
          {progress.escrowMinor != null && <Fact label={t.project.escrow}>{money(progress.escrowMinor, project.currency)}</Fact>}
          {progress.reserveLeftMinor != null && <Fact label={t.project.reserveLeft}>{money(progress.reserveLeftMinor, project.currency)}</Fact>}
        </dl>
      </div>
    </>
  );
}
