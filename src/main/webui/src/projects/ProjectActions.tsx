import { useState } from 'react';
import { Link } from 'react-router';
import { postOnce } from '../api/http';
import type { Cost, Project } from '../api/types';
import { Confirmed } from '../kit/actions';
import { useFormat, useText } from '../text/text';

type Step = 'publish' | 'pause' | 'resume' | 'close' | 'cancel';

/** What may be done in which state, in the order of the buttons. */
const STEPS: Record<string, Step[]> = {
  draft: ['publish'],
  published: ['pause', 'close', 'cancel'],
  paused: ['resume', 'close', 'cancel'],
  closed: [],
  cancelled: [],
};

export function ProjectActions({ project, cost }: { project: Project; cost: Cost | undefined }) {
  const t = useText();
  const { money } = useFormat();
  const [done, setDone] = useState('');
  const steps = STEPS[project.state.toLowerCase()] ?? [];
  const key = () => crypto.randomUUID();
  const step = (each: Step) => postOnce(`/api/projects/${project.projectId}/${each}`, key()).then(() => setDone(t.project.steps[each].done));
  const pay = () => postOnce<{ people: number; totalMinor: number }>('/api/payouts', key(), { projectId: project.projectId })
    .then((payout) => setDone(t.project.paidOut(payout.people, money(payout.totalMinor, project.currency))));
  return (
    <div className="actions" role="group" aria-label={t.project.actions}>
      {steps.map((each) => (
        <Confirmed
          key={each} label={t.project.steps[each].label} title={t.project.steps[each].label} confirm={t.project.steps[each].label}
          className={each === 'publish' || each === 'resume' ? 'button primary' : each === 'cancel' ? 'button danger' : 'button'}
          onConfirm={() => step(each)}
        >
          <p>{t.project.steps[each].text}</p>
          {each === 'publish' && cost && <p><strong>{money(cost.totalMinor, cost.currency ?? project.currency)}</strong> {t.project.intoEscrow}</p>}
        </Confirmed>
      ))}
      {project.state.toLowerCase() !== 'draft' && (
        <Confirmed label={t.project.payout} title={t.project.payout} confirm={t.project.payout} onConfirm={pay}>
          <p>{t.project.payoutText}</p>
        </Confirmed>
      )}
      {project.state.toLowerCase() !== 'draft' && <Link to="/projects/payouts">{t.payouts.title}</Link>}
      <span role="status" className="muted">{done}</span>
    </div>
  );
}
