import { useState } from 'react';
import { Button } from 'react-aria-components';
import { post } from '../api/http';
import { usePaged } from '../api/paged';
import type { OwnSubmission } from '../api/types';
import { duration } from '../format/time';
import { useChange } from '../kit/actions';
import { Field } from '../kit/fields';
import { Overlay } from '../kit/overlays';
import { Failure, Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';
import { useObserved } from '../work/Observed';

/** What one has submitted and what became of it; a rejection can be appealed here. */
export function Submissions() {
  const t = useText();
  const format = useFormat();
  const submissions = usePaged<OwnSubmission>('/api/me/submissions');
  const [appealing, setAppealing] = useState<OwnSubmission | null>(null);
  return (
    <section>
      <h2>{t.pay.submissions}</h2>
      <Listed of={submissions} empty={t.pay.noSubmission}>
        {(items) => (
          <Table stacked label={t.pay.submissions} head={<tr><th>{t.pay.when}</th><th>{t.pay.project}</th><th className="n">{t.pay.time}</th><th className="n">{t.pay.reward}</th><th>{t.pay.state}</th></tr>}>
            {items.map((each) => (
              <tr key={each.submissionId}>
                <td>{format.moment(each.submittedAt)}</td>
                <td>{each.title}{each.itemKey && <small>{each.itemKey}</small>}</td>
                <td className="n">{duration(each.bookedMillis)}{each.declaredMillis ? <small>{t.pay.ofItDeclared(duration(each.declaredMillis))}</small> : null}</td>
                <td className="n">{each.currency ? format.money(each.rewardMinor, each.currency) : each.rewardMinor}</td>
                <td>
                  <span className={`tag ${inParts(each) ? 'warn' : each.state === 'approved' ? 'good' : each.state === 'submitted' ? '' : 'bad'}`}>{inParts(each) ? t.pay.inParts : t.states[each.state] ?? each.state}</span>
                  {each.reason && <small>{each.reason}</small>}
                  {each.appeal && <small>{t.pay.appeals[each.appeal] ?? each.appeal}</small>}
                  {mayAppeal(each) && (
                    <Button className="button small" onPress={() => setAppealing(each)}>{t.pay.appeal}</Button>
                  )}
                  {mayAppeal(each) && each.appealUntil && <small>{t.pay.appealUntil(format.moment(each.appealUntil))}</small>}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
      {appealing && <Appeal submission={appealing} onClose={() => setAppealing(null)} />}
    </section>
  );
}

/** Some answers of a form with several were accepted; the rest can be contested like a rejection. */
function inParts(submission: OwnSubmission): boolean {
  return submission.state === 'approved' && Boolean(submission.appealUntil);
}

function mayAppeal(submission: OwnSubmission): boolean {
  return !submission.appeal && (submission.state === 'rejected' || inParts(submission));
}

function Appeal({ submission, onClose }: { submission: OwnSubmission; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState('');
  useObserved(submission.projectId ? { mode: 'administration', projectId: submission.projectId } : null);
  const appeal = useChange((text: string) => post(`/api/submissions/${submission.submissionId}/appeal`, { reason: text }), onClose);
  return (
    <Overlay title={t.pay.appealTitle} isOpen onClose={onClose}>
      <p>{t.pay.appealText}</p>
      <form onSubmit={(event) => { event.preventDefault(); appeal.mutate(reason); }}>
        <Field label={t.pay.appealReason} value={reason} onChange={setReason} lines={4} isRequired autoFocus />
        {appeal.isError && <Failure error={appeal.error} />}
        <Button type="submit" className="button primary" isDisabled={appeal.isPending || reason.trim() === ''}>{t.pay.appeal}</Button>
      </form>
    </Overlay>
  );
}
