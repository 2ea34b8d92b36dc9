import { useQuery } from '@tanstack/react-query';
import { get } from '../api/http';
import { usePaged } from '../api/paged';
import type { OwnProject, OwnWork, TimeClass, WorkSum } from '../api/types';
import { duration } from '../format/time';
import { Listed, Loaded } from '../kit/states';
import { Fact, Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';
import { mayBeMeasured, useMe } from '../session/session';
import { useObserved } from '../work/Observed';
import { Declarations } from './Declarations';
import { Intervals } from './Intervals';
import { Payslips } from './Payslips';
import { Submissions } from './Submissions';

const CLASSES: TimeClass[] = ['direct', 'rejected', 'returned', 'search', 'watching', 'qualification', 'administration', 'break', 'review'];

export default function PayPage() {
  const t = useText();
  const me = useMe();
  useObserved(mayBeMeasured(me) ? { mode: 'administration' } : null);
  const work = useQuery({ queryKey: ['/api/me/work'], queryFn: () => get<OwnWork>('/api/me/work') });
  return (
    <main id="main">
      <h1>{t.nav.pay}</h1>
      <Loaded of={work}>{(data) => <Summary work={data} />}</Loaded>
      <Intervals />
      <Declarations />
      <Submissions />
      <Payslips />
    </main>
  );
}

function Summary({ work }: { work: OwnWork }) {
  const t = useText();
  const { money } = useFormat();
  const projects = usePaged<OwnProject>('/api/me/projects');
  const earned = (sum: WorkSum) => (sum.currency ? money(sum.earnedMinor, sum.currency) : undefined);
  const all = (sum: WorkSum) => sum.observedMillis + sum.declaredMillis;
  return (
    <>
      <dl className="facts">
        <Fact label={t.pay.today} note={earned(work.today)}>{duration(all(work.today))}</Fact>
        <Fact label={t.pay.month} note={earned(work.month)}>{duration(all(work.month))}</Fact>
        {work.pay.map((pay) => (
          <Fact key={`due ${pay.currency}`} label={t.pay.due} note={t.pay.dueNote(money(pay.pendingMinor ?? 0, pay.currency))}>{money(pay.dueMinor, pay.currency)}</Fact>
        ))}
        {work.pay.map((pay) => <Fact key={`paid ${pay.currency}`} label={t.pay.paid}>{money(pay.paidMinor, pay.currency)}</Fact>)}
      </dl>
      <section>
        <h2>{t.pay.byClass}</h2>
        <ByClass work={work} />
      </section>
      <section>
        <h2>{t.pay.perProject}</h2>
        <Listed of={projects} empty={t.pay.noProject}>{(items) => <PerProject projects={items} />}</Listed>
      </section>
    </>
  );
}

function ByClass({ work }: { work: OwnWork }) {
  const t = useText();
  const present = CLASSES.filter((each) => each === 'direct' || work.month.byClass?.[each] || work.today.byClass?.[each]);
  return (
    <Table label={t.pay.byClass} head={<tr><th>{t.pay.timeClass}</th><th className="n">{t.pay.today}</th><th className="n">{t.pay.month}</th></tr>}
      foot={(
        <>
          <tr><th scope="row">{t.pay.observed}</th><td className="n">{duration(work.today.observedMillis)}</td><td className="n">{duration(work.month.observedMillis)}</td></tr>
          <tr><th scope="row">{t.pay.declared}</th><td className="n">{duration(work.today.declaredMillis)}</td><td className="n">{duration(work.month.declaredMillis)}</td></tr>
        </>
      )}
    >
      {present.map((each) => (
        <tr key={each}>
          <th scope="row">{t.classes[each]}</th>
          <td className="n">{duration(work.today.byClass?.[each] ?? 0)}</td>
          <td className="n">{duration(work.month.byClass?.[each] ?? 0)}</td>
        </tr>
      ))}
    </Table>
  );
}

function PerProject({ projects }: { projects: OwnProject[] }) {
  const t = useText();
  const { money, perHour, count } = useFormat();
  return (
    <Table stacked label={t.pay.perProject} head={(
      <tr>
        <th>{t.pay.project}</th><th className="n">{t.pay.tasks}</th><th className="n">{t.pay.time}</th><th className="n">{t.pay.earned}</th>
        <th className="n">{t.wage.advertised}</th><th className="n">{t.pay.effective}</th>
      </tr>
    )}>
      {projects.map((project) => (
        <tr key={project.projectId}>
          <th scope="row">{project.title}{project.organisation && <small>{project.organisation}</small>}</th>
          <td className="n">{count(project.submissions)}</td>
          <td className="n">{duration(project.millis)}</td>
          <td className="n">{money(project.earnedMinor, project.currency)}</td>
          <td className="n">{project.advertisedMinorPerHour == null ? '–' : perHour(project.advertisedMinorPerHour, project.currency)}</td>
          <td className="n"><strong>{project.effectiveMinorPerHour == null ? '–' : perHour(project.effectiveMinorPerHour, project.currency)}</strong></td>
        </tr>
      ))}
    </Table>
  );
}
