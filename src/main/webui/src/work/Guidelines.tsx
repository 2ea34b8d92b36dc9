import type { TaskDetail } from '../api/types';
import { answerText, ItemContent, Prose } from '../kit/content';
import { useText } from '../text/text';

/** What is asked, with worked examples. */
export function Guidelines({ task }: { task: Pick<TaskDetail, 'guidelines' | 'examples' | 'form'> }) {
  const t = useText();
  const examples = task.examples ?? [];
  return (
    <>
      <Prose text={task.guidelines} />
      {examples.length > 0 && <h3>{t.examples}</h3>}
      <ul className="examples">
        {examples.map((example, at) => (
          <li key={at}>
            <ItemContent content={example.content ?? example.text} />
            {example.answer && <p className="example-answer">→ <strong>{answerText(task.form, example.answer)}</strong></p>}
            {example.why && <p className="muted">{example.why}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}
