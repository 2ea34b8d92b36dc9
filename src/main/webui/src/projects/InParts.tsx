import { useState } from 'react';
import { Button, Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { post } from '../api/http';
import type { Project, Submission } from '../api/types';
import { useChange } from '../kit/actions';
import { faultAt } from '../kit/booking';
import { answerText } from '../kit/content';
import { Field } from '../kit/fields';
import { Overlay } from '../kit/overlays';
import { Failure } from '../kit/states';
import { useText } from '../text/text';

/** Accepting some answers of a form with several questions: they are paid, and only they may be used. */
export function InParts({ project, submission, onClose }: { project: Project; submission: Submission; onClose: () => void }) {
  const t = useText();
  const { questions } = project.form;
  const [accepted, setAccepted] = useState<string[]>(questions.map((question) => question.name));
  const [reason, setReason] = useState('');
  const decide = useChange((body: object) => post(`/api/submissions/${submission.submissionId}/approve`, body), onClose);
  const all = accepted.length === questions.length;
  const given = typeof submission.answer === 'object' && submission.answer !== null ? submission.answer : {};
  const reasonFault = faultAt(decide.error, 'reason');
  return (
    <Overlay title={t.review.partsTitle} isOpen onClose={onClose}>
      <p>{t.review.partsText}</p>
      <form onSubmit={(event) => {
        event.preventDefault();
        decide.mutate({ questions: questions.map((question) => question.name).filter((name) => accepted.includes(name)), ...(all ? {} : { reason: reason.trim() }) });
      }}>
        <CheckboxGroup className="ways" value={accepted} onChange={setAccepted}>
          <Label>{t.review.partsAccepted}</Label>
          {questions.map((question) => (
            <Checkbox key={question.name} value={question.name} className="checkbox way">
              <span className="box-mark" aria-hidden="true" />
              <span>{question.title}<small>{answerText(project.form, given[question.name] === undefined ? null : { [question.name]: given[question.name]! })}</small></span>
            </Checkbox>
          ))}
        </CheckboxGroup>
        {!all && <Field label={t.review.partsReason} value={reason} onChange={setReason} lines={2} isRequired error={reasonFault} />}
        {decide.isError && !reasonFault && <Failure error={decide.error} />}
        <Button type="submit" className="button primary" isDisabled={decide.isPending || accepted.length === 0 || (!all && reason.trim() === '')}>
          {all ? t.review.approve : t.review.partsApprove(accepted.length, questions.length)}
        </Button>
      </form>
    </Overlay>
  );
}
