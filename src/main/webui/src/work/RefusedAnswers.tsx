import { Button } from 'react-aria-components';
import { Refused } from '../api/http';
import { Failure } from '../kit/states';
import { useText } from '../text/text';
import type { RefusedAnswer } from './outbox';

/** Answers that the server did not take: each with the reason, what was answered, and what can be done. Nothing typed goes without its annotator's word. */
export function RefusedAnswers({ answers, projectId, onMend, onLetGo }: {
  answers: RefusedAnswer[]; projectId: string; onMend: (refused: RefusedAnswer) => void; onLetGo: (refused: RefusedAnswer) => void;
}) {
  const t = useText();
  if (answers.length === 0) return null;
  return (
    <section aria-label={t.work.refused.title}>
      <h2>{t.work.refused.title}</h2>
      {answers.map((refused) => {
        const text = Object.entries(refused.unsent.answer).map(([question, value]) => `${question}: ${value}`).join('\n');
        return (
          <div key={refused.unsent.claimId}>
            <Failure error={new Refused(refused.problem)} />
            <pre className="refused-answer">{text}</pre>
            <div className="actions">
              {refused.unsent.projectId === projectId && <Button className="button small" onPress={() => onMend(refused)}>{t.work.refused.mend}</Button>}
              <Button className="button small" onPress={() => copy(text)}>{t.work.refused.copy}</Button>
              <Button className="button quiet small" onPress={() => onLetGo(refused)}>{t.work.refused.letGo}</Button>
            </div>
          </div>
        );
      })}
    </section>
  );
}

/** Where that is not allowed, the text is there to be selected. */
function copy(text: string): void {
  navigator.clipboard?.writeText(text).catch(() => undefined);
}
