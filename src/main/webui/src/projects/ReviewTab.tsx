import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import { post, postOnce, query } from '../api/http';
import { usePaged } from '../api/paged';
import type { Project, Submission } from '../api/types';
import { duration } from '../format/time';
import { Confirmed, useChange } from '../kit/actions';
import { answerText, ItemContent } from '../kit/content';
import { Field, Pick } from '../kit/fields';
import { Overlay } from '../kit/overlays';
import { Failure, Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { has, mayBeMeasured, useMe } from '../session/session';
import { useFormat, useText } from '../text/text';
import { useObserved } from '../work/Observed';
import { AppealDecision } from './AppealDecision';
import { Bonus } from './Bonus';
import { DeclaredTime } from './DeclaredTime';
import { GoldAccuracies } from './GoldAccuracies';
import { InParts } from './InParts';

const STATES = ['submitted', 'approved', 'rejected', 'rejection_final'];

/** What is being decided on in a window of its own. */
interface Open {
  submission: Submission;
  what: 'reject' | 'parts' | 'bonus';
}

export function ReviewTab({ project }: { project: Project }) {
  const t = useText();
  const me = useMe();
  const observed = has(me, 'reviewer') && mayBeMeasured(me);
  useObserved(observed ? { mode: 'review', projectId: project.projectId } : null, project.idleMillis);
  const [state, setState] = useState('submitted');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const submissions = usePaged<Submission>(`/api/projects/${project.projectId}/submissions${query({ state })}`);
  return (
    <>
      {has(me, 'reviewer') && !mayBeMeasured(me) && <p className="note">{t.review.notObserved} <Link to="/consent">{t.nav.consent}</Link></p>}
      <div className="title-row">
        <Pick label={t.review.show} value={state} onChange={setState} options={STATES.map((each) => [each, t.states[each] ?? each] as const)} />
        {state === 'submitted' && (submissions.items?.length ?? 0) > 0 && (
          <Confirmed
            label={t.review.rest} title={t.review.rest} confirm={t.review.rest} className="button primary"
            onConfirm={() => postOnce(`/api/projects/${project.projectId}/approve-rest`, crypto.randomUUID())}
          >
            <p>{t.review.restText}</p>
          </Confirmed>
        )}
      </div>
      <Listed of={submissions} empty={t.review.empty}>
        {(items) => (
          <Table stacked label={t.project.tabs.review} head={(
            <tr><th>{t.items.content}</th><th>{t.review.answer}</th><th>{t.review.annotator}</th><th className="n">{t.pay.time}</th><th>{t.review.decision}</th></tr>
          )}>
            {items.map((each) => <Row key={each.submissionId} submission={each} project={project} onOpen={(what) => setOpen({ submission: each, what })} />)}
          </Table>
        )}
      </Listed>
      <GoldAccuracies project={project} />
      <DeclaredTime project={project} />
      {open?.what === 'reject' && <Reject submission={open.submission} onClose={close} />}
      {open?.what === 'parts' && <InParts project={project} submission={open.submission} onClose={close} />}
      {open?.what === 'bonus' && <Bonus project={project} submission={open.submission} onClose={close} />}
    </>
  );
}

function Row({ submission, project, onOpen }: { submission: Submission; project: Project; onOpen: (what: Open['what']) => void }) {
  const t = useText();
  const { moment } = useFormat();
  const approve = useChange(() => post(`/api/submissions/${submission.submissionId}/approve`));
  const requester = has(useMe(), 'requester');
  return (
    <tr>
      <td className="compact"><small>{submission.itemKey}</small>{submission.content && <ItemContent content={submission.content} />}</td>
      <td><strong>{answerText(project.form, submission.answer)}</strong></td>
      <td><span className="pseudonym">{submission.annotator?.slice(0, 8)}</span><small>{moment(submission.submittedAt)}</small></td>
      <td className="n">{duration(submission.bookedMillis)}{submission.declaredMillis ? <small>{t.pay.ofItDeclared(duration(submission.declaredMillis))}</small> : null}</td>
      <td>
        {submission.lateKept && <span className="tag warn">{t.review.lateKept}</span>}
        <span className="row-actions">
          {submission.state === 'submitted' ? (
            <>
              <Button className="button small" isDisabled={approve.isPending} onPress={() => approve.mutate(undefined)}>{t.review.approve}</Button>
              {project.form.questions.length > 1 && <Button className="button small" onPress={() => onOpen('parts')}>{t.review.inParts}</Button>}
              <Button className="button small danger" onPress={() => onOpen('reject')}>{t.review.reject}</Button>
            </>
          ) : <span className="tag">{t.states[submission.state] ?? submission.state}</span>}
          {requester && <Button className="button small quiet" onPress={() => onOpen('bonus')}>{t.review.bonus}</Button>}
        </span>
        {submission.reason && <small>{submission.reason}</small>}
        {submission.appeal && <AppealDecision appeal={submission.appeal} project={project} />}
        {approve.isError && <Failure error={approve.error} />}
      </td>
    </tr>
  );
}

function Reject({ submission, onClose }: { submission: Submission; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState('');
  const reject = useChange((text: string) => post(`/api/submissions/${submission.submissionId}/reject`, { reason: text }), onClose);
  return (
    <Overlay title={t.review.rejectTitle} isOpen onClose={onClose}>
      <p>{t.review.rejectText}</p>
      <form onSubmit={(event) => { event.preventDefault(); reject.mutate(reason.trim()); }}>
        <Field label={t.review.reason} value={reason} onChange={setReason} lines={3} isRequired autoFocus />
        {reject.isError && <Failure error={reject.error} />}
        <Button type="submit" className="button danger" isDisabled={reason.trim() === '' || reject.isPending}>{t.review.reject}</Button>
      </form>
    </Overlay>
  );
}
