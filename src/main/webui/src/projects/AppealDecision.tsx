import { useState } from 'react';
import { Button } from 'react-aria-components';
import { post } from '../api/http';
import type { Project, Submission } from '../api/types';
import { minorOf } from '../format/money';
import { useChange } from '../kit/actions';
import { faultAt } from '../kit/booking';
import { Field } from '../kit/fields';
import { Overlay } from '../kit/overlays';
import { Failure } from '../kit/states';
import { useFormat, useText } from '../text/text';

/** An appeal against a rejection; where it is right, the wage can be adjusted beyond the reward. */
export function AppealDecision({ appeal, project }: { appeal: NonNullable<Submission['appeal']>; project: Project }) {
  const t = useText();
  const { moment } = useFormat();
  const [deciding, setDeciding] = useState<boolean | null>(null);
  return (
    <div className="note">
      <p><strong>{t.review.appeal}</strong> {appeal.reason}</p>
      {appeal.state === 'open' ? (
        <>
          <span className="row-actions">
            <Button className="button small" onPress={() => setDeciding(true)}>{t.review.uphold}</Button>
            <Button className="button small" onPress={() => setDeciding(false)}>{t.review.dismiss}</Button>
          </span>
          {appeal.by && <small>{t.review.appealBy(moment(appeal.by))}</small>}
        </>
      ) : <span className="tag">{t.pay.appeals[appeal.state ?? ''] ?? appeal.state}</span>}
      {deciding !== null && <Decide appealId={appeal.appealId} won={deciding} project={project} onClose={() => setDeciding(null)} />}
    </div>
  );
}

function Decide({ appealId, won, project, onClose }: { appealId: string; won: boolean; project: Project; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState('');
  const [extra, setExtra] = useState('');
  const decide = useChange((body: object) => post(`/api/appeals/${appealId}/decide`, body), onClose);
  const extraMinor = extra.trim() === '' ? 0 : minorOf(extra, project.currency);
  const fault = (field: string) => faultAt(decide.error, field);
  const placed = fault('reason') !== null || fault('adjustmentMinor') !== null;
  return (
    <Overlay title={won ? t.review.uphold : t.review.dismiss} isOpen onClose={onClose}>
      <p>{won ? t.review.upholdText : t.review.dismissText}</p>
      <form onSubmit={(event) => {
        event.preventDefault();
        decide.mutate({ won, reason: reason.trim(), ...(won && extraMinor ? { adjustmentMinor: extraMinor } : {}) });
      }}>
        <Field label={t.review.decisionReason} value={reason} onChange={setReason} lines={2} isRequired autoFocus error={fault('reason')} />
        {won && (
          <Field
            label={t.review.adjustment(project.currency)} hint={t.review.adjustmentHint} value={extra} onChange={setExtra} inputMode="decimal"
            error={(extraMinor === null && t.newProject.faults.amount) || fault('adjustmentMinor')}
          />
        )}
        {decide.isError && !placed && <Failure error={decide.error} />}
        <Button type="submit" className="button primary" isDisabled={decide.isPending || reason.trim() === '' || extraMinor === null}>{won ? t.review.uphold : t.review.dismiss}</Button>
      </form>
    </Overlay>
  );
}
