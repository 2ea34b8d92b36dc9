import { useState } from 'react';
import { Link } from 'react-router';
import { postOnce } from '../api/http';
import { usePaged } from '../api/paged';
import type { Paid, PaidTo, Payout, Project } from '../api/types';
import { Confirmed } from '../kit/actions';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';

/** Every payout of the organisation, whom it paid, and whom it did not reach: what did not arrive is due again. */
export default function PayoutsPage() {
  const t = useText();
  const { money } = useFormat();
  const [done, setDone] = useState('');
  const payouts = usePaged<Payout>('/api/payouts');
  const projects = usePaged<Project>('/api/projects?limit=200');
  const titles = new Map(projects.items?.map((project) => [project.projectId, project.title]));
  const pay = () => postOnce<Paid>('/api/payouts', crypto.randomUUID(), {})
    .then(({ runs }) => setDone(runs.length === 0 ? t.project.paidOut(0, '') : runs.map((run) => t.project.paidOut(run.people, money(run.totalMinor, run.currency))).join(' ')));
  return (
    <main id="main">
      <p className="crumb"><Link to="/projects">← {t.nav.projects}</Link></p>
      <h1>{t.payouts.title}</h1>
      <p className="lead">{t.payouts.lead}</p>
      <div className="actions">
        <Confirmed label={t.payouts.payAll} title={t.payouts.payAll} confirm={t.payouts.payAll} className="button primary" onConfirm={pay}>
          <p>{t.project.payoutText}</p>
        </Confirmed>
        <span role="status" className="muted">{done}</span>
      </div>
      <Listed of={payouts} empty={t.payouts.empty}>
        {(items) => <ul className="cards">{items.map((payout) => <PayoutCard key={payout.payoutId} payout={payout} project={payout.projectId ? titles.get(payout.projectId) : undefined} />)}</ul>}
      </Listed>
    </main>
  );
}

function PayoutCard({ payout, project }: { payout: Payout; project: string | undefined }) {
  const t = useText();
  const { money, moment } = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <li className="card">
      <div className="card-head"><h2>{moment(payout.paidAt)}</h2><p className="number">{money(payout.totalMinor, payout.currency)}</p></div>
      <p className="card-foot">
        <span>{project ?? t.payouts.allProjects}</span>
        <span>{t.payouts.people(payout.people)}</span>
        {payout.failed > 0 && <span className="tag bad">{t.payouts.failed(payout.failed)}</span>}
      </p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t.payouts.whom}</summary>
        {open && <People payout={payout} />}
      </details>
    </li>
  );
}

function People({ payout }: { payout: Payout }) {
  const t = useText();
  const { money, moment } = useFormat();
  const path = `/api/payouts/${payout.payoutId}`;
  const people = usePaged<PaidTo>(`${path}/people`);
  return (
    <Listed of={people} empty={t.project.paidOut(0, '')}>
      {(items) => (
        <Table label={t.payouts.whom} head={<tr><th>{t.review.annotator}</th><th className="n">{t.ledger.amount}</th><th>{t.payouts.arrived}</th></tr>}>
          {items.map(({ annotator, amountMinor, currency, failedAt }) => (
            <tr key={annotator}>
              <th scope="row"><span className="pseudonym">{annotator.slice(0, 8)}</span></th>
              <td className="n">{money(amountMinor, currency)}</td>
              <td>
                {failedAt ? <><span className="tag bad">{t.payouts.notArrived}</span><small>{t.payouts.dueAgain(moment(failedAt))}</small></> : (
                  <Confirmed
                    label={t.payouts.mark} title={t.payouts.markTitle(money(amountMinor, currency))} confirm={t.payouts.mark} className="button small"
                    onConfirm={() => postOnce(`${path}/failures`, crypto.randomUUID(), { annotator })}
                  >
                    <p>{t.payouts.markText}</p>
                  </Confirmed>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Listed>
  );
}
