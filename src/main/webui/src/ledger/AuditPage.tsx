import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import { get, post, Refused } from '../api/http';
import type { Audit } from '../api/types';
import { Empty, Failure, Loaded } from '../kit/states';
import { Fact, Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';
import { INVARIANTS, findingsOf, pointed, type Found } from './audit';

const PATH = '/api/ledger/audit';

/** Whether the books are what they say they are: the last audit, invariant by invariant, and a new one on request. */
export default function AuditPage() {
  const t = useText();
  const client = useQueryClient();
  const latest = useQuery<Audit | null>({ queryKey: [PATH], queryFn: unlessNone, refetchInterval: 60_000 });
  const run = useMutation<Audit, Error, boolean>({
    mutationFn: (fromZero) => post<Audit>(`${PATH}?fromZero=${fromZero}`),
    onSuccess: (audit) => client.setQueryData([PATH], audit),
  });
  return (
    <main id="main" className="narrow">
      <p className="crumb"><Link to="/ledger">← {t.ledger.books}</Link></p>
      <h1>{t.audit.title}</h1>
      <p className="lead">{t.audit.lead}</p>
      <div className="actions">
        <Button className="button primary" isDisabled={run.isPending} onPress={() => run.mutate(false)}>{t.audit.runNew}</Button>
        <Button className="button" isDisabled={run.isPending} onPress={() => run.mutate(true)}>{t.audit.runAll}</Button>
      </div>
      {run.isPending && <Running since={run.submittedAt} />}
      {run.isError && <Failure error={run.error} />}
      <Loaded of={latest}>{(audit) => (audit ? <Result audit={audit} /> : <Empty><p>{t.audit.never}</p><p>{t.audit.neverText}</p></Empty>)}</Loaded>
    </main>
  );
}

/** Null while none has run: no failure. */
async function unlessNone(): Promise<Audit | null> {
  try {
    return await get<Audit>(PATH);
  } catch (failure) {
    if (failure instanceof Refused && failure.problem.status === 404) return null;
    throw failure;
  }
}

/** How long is left nobody knows; how long it has been at it, the page does. */
function Running({ since }: { since: number }) {
  const t = useText();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(ticking);
  }, []);
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  return <p className="waiting" role="progressbar" aria-label={t.audit.title} aria-valuetext={t.audit.running(seconds)}><span className="pulse" aria-hidden="true" />{t.audit.running(seconds)}</p>;
}

function Result({ audit }: { audit: Audit }) {
  const t = useText();
  const { moment, count } = useFormat();
  const broken = new Set(audit.invariants.filter((finding) => !finding.holds).map((finding) => finding.invariant)).size;
  return (
    <>
      <p className={audit.holds ? 'note' : 'note bad'} role="status"><strong>{audit.holds ? t.audit.holds : t.audit.broken(broken)}</strong></p>
      <dl className="facts">
        <Fact label={t.audit.when}>{moment(audit.auditedAt)}</Fact>
        <Fact label={t.audit.looked} note={audit.fromTx === 0 ? t.audit.fromStart : t.audit.from(count(audit.fromTx))}>{count(audit.entries)}</Fact>
        <Fact label={t.audit.watermark}>{count(audit.toTx)}</Fact>
        <Fact label={t.audit.took}>{count(audit.elapsedMillis)} ms</Fact>
      </dl>
      <Table label={t.audit.table} head={<tr><th className="n">№</th><th>{t.audit.invariant}</th><th>{t.audit.state}</th></tr>}>
        {INVARIANTS.map((number) => <Invariant key={number} number={number} found={findingsOf(audit, number)} />)}
      </Table>
    </>
  );
}

function Invariant({ number, found }: { number: number; found: Found }) {
  const t = useText();
  return (
    <tr>
      <td className="n">{number}</td>
      <td>
        {t.audit.invariants[number]}
        {found.state === 'elsewhere' && <small>{t.audit.elsewhereText}</small>}
        {found.broken.map((finding) => (
          <div className="note bad" key={finding.says}>
            <p lang="en">{finding.says}</p>
            <p>{t.audit.breaches(finding.breaches.length)}</p>
            <ul>{finding.breaches.map((breach, at) => <li key={at} lang="en"><Place place={breach.place} />: {breach.detail}</li>)}</ul>
          </div>
        ))}
      </td>
      <td><span className={`tag ${found.state === 'holds' ? 'good' : found.state === 'broken' ? 'bad' : ''}`}>{found.state === 'holds' ? t.audit.good : found.state === 'broken' ? t.audit.bad : t.audit.elsewhere}</span></td>
    </tr>
  );
}

/** An entry or a book that is named opens. */
function Place({ place }: { place: string }) {
  const to = pointed(place);
  return to ? <Link to={to}>{place}</Link> : <>{place}</>;
}
