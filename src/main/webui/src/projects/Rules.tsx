import type { ReactNode } from 'react';
import { usePaged } from '../api/paged';
import type { Project, Qualification } from '../api/types';
import { duration } from '../format/time';
import { has, useMe } from '../session/session';
import { useFormat, useText } from '../text/text';

/** What was promised and what is checked with every claim, in one place. */
export function Rules({ project }: { project: Project }) {
  const t = useText();
  const { money, perHour } = useFormat();
  const { currency, extraPay } = project;
  const amount = (minor: number | null | undefined, shown: (minor: number, currency: string) => string) => (minor ? shown(minor, currency) : null);
  const rows: [label: string, value: ReactNode][] = [
    [t.rules.regions, project.regions?.join(', ') || t.rules.everywhere],
    [t.rules.languages, project.languages?.join(', ') || t.rules.anyLanguage],
    [t.rules.skills, project.skills?.length ? <Skills project={project} /> : t.rules.noSkill],
    [t.rules.order, t.claimOrders[project.claimOrder] ?? project.claimOrder],
    [t.rules.named, t.itemsNamedBy[project.itemsNamedBy] ?? project.itemsNamedBy],
    [t.rules.gold, project.goldPercent ? t.rules.goldPercent(project.goldPercent) : t.rules.none],
    [t.rules.labels, project.labelsMax && project.labelsMax > project.labelsWanted ? t.rules.upTo(project.labelsWanted, project.labelsMax) : project.labelsWanted],
    [t.rules.share, project.sharePercentMax ? t.rules.sharePercent(project.sharePercentMax) : t.rules.noLimit],
    [t.rules.exposure, project.exposureMinutesMax ? t.rules.minutesADay(project.exposureMinutesMax) : t.rules.noLimit],
    [t.rules.rest, project.restMinutes ? t.rules.restAfter(project.restAfterMinutes ?? 0, project.restMinutes) : t.rules.none],
    [t.rules.prefetch, project.prefetchLimit],
    [t.rules.deadline, duration(project.deadlineMillis)],
    [t.rules.idle, duration(project.idleMillis)],
    [t.rules.review, t.rules.days(project.reviewDays)],
    [t.rules.appeal, t.rules.days(project.appealDays)],
    [t.rules.floor, amount(project.floorMinorPerHour, perHour) ?? t.rules.none],
    [t.rules.hazard, amount(extraPay?.hazardMinor, money) ?? t.rules.none],
    [t.rules.returned, project.payRule === 'hour' ? t.rules.likeAllTime : amount(extraPay?.returnedMinorPerHour, perHour) ?? t.rules.none],
    [t.rules.tests, project.payRule === 'hour' ? t.rules.likeAllTime : amount(extraPay?.qualificationMinorPerHour, perHour) ?? t.rules.none],
    [t.rules.bonus, extraPay?.bonusTerms ?? t.rules.none],
  ];
  return (
    <section>
      <h2>{t.rules.title}</h2>
      <dl className="rules">
        {rows.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
      </dl>
    </section>
  );
}

/** What has to be held, and the test that earns it where there is one. */
function Skills({ project }: { project: Project }) {
  const t = useText();
  const tests = usePaged<Qualification>('/api/qualifications?limit=200', has(useMe(), 'requester'));
  return (
    <ul>
      {(project.skills ?? []).map(({ skill, level }) => {
        const earning = tests.items?.filter((test) => test.open && test.skill === skill) ?? [];
        return (
          <li key={skill}>
            {[skill, level].filter(Boolean).join(' ')}
            {earning.map((test) => <small key={test.qualificationId}>{t.rules.test(test.title, test.passed, test.handedIn)}</small>)}
          </li>
        );
      })}
    </ul>
  );
}
