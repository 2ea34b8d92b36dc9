import { useState } from 'react';
import { postOnce } from '../api/http';
import type { Project, Submission } from '../api/types';
import { minorOf } from '../format/money';
import { Booking } from '../kit/booking';
import { Field } from '../kit/fields';
import { Overlay } from '../kit/overlays';
import { useFormat, useText } from '../text/text';

/** Pay beyond what was promised, for one piece of work; paid with the next payout. */
export function Bonus({ project, submission, onClose }: { project: Project; submission: Submission; onClose: () => void }) {
  const t = useText();
  const { money } = useFormat();
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const amountMinor = minorOf(amount, project.currency);
  const typed = amountMinor && reason.trim() !== '' ? { submissionId: submission.submissionId, amountMinor, reason: reason.trim() } : null;
  return (
    <Overlay title={t.review.bonusTitle} isOpen onClose={onClose}>
      {project.extraPay?.bonusTerms && <p><strong>{t.intro.bonus}</strong> {project.extraPay.bonusTerms}</p>}
      <Booking
        label={t.review.bonusGrant} booked={t.review.bonusGranted} fields={['amountMinor', 'reason']} typed={typed} onBooked={onClose}
        send={(body, key) => postOnce(`/api/projects/${project.projectId}/bonuses`, key, body)}
        summary={<p>{amountMinor && t.review.bonusSummary(money(amountMinor, project.currency), submission.annotator?.slice(0, 8) ?? '')}</p>}
      >
        {(fault, tried) => (
          <>
            <Field label={t.review.bonusAmount(project.currency)} value={amount} onChange={setAmount} inputMode="decimal" autoFocus error={(tried && !amountMinor && t.newProject.faults.amount) || fault('amountMinor')} />
            <Field label={t.review.bonusReason} value={reason} onChange={setReason} lines={2} error={(tried && reason.trim() === '' && t.newProject.faults.needed) || fault('reason')} />
          </>
        )}
      </Booking>
    </Overlay>
  );
}
