import { Button } from 'react-aria-components';
import type { OtherDraft } from '../api/types';
import { useFormat, useText } from '../text/text';

/** What was typed for this task on another device, without either knowing of the other: one of them is gone on with, and neither goes by itself. */
export function OtherDrafts({ others, onDecide }: { others: OtherDraft[]; onDecide: (other: OtherDraft, taken: boolean) => void }) {
  const t = useText();
  const format = useFormat();
  return others.map((other) => (
    <section key={other.page} className="note" role="status" aria-label={t.work.otherDraft.title}>
      <p>{t.work.otherDraft.text(format.moment(other.savedAt))}</p>
      <pre className="refused-answer">{Object.entries(other.answer).map(([question, value]) => `${question}: ${value}`).join('\n')}</pre>
      <div className="actions">
        <Button className="button small" onPress={() => onDecide(other, true)}>{t.work.otherDraft.take}</Button>
        <Button className="button small" onPress={() => onDecide(other, false)}>{t.work.otherDraft.keep}</Button>
      </div>
    </section>
  ));
}
