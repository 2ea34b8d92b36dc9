import { Button } from 'react-aria-components';
import { useText } from '../text/text';
import { named, valueOf, type TypedExample, type TypedQuestion } from './draft';

interface Props {
  legend: string;
  questions: TypedQuestion[];
  examples: TypedExample[];
  onChange: (examples: TypedExample[]) => void;
  /** Without reasons: tasks of a test have none. */
  bare?: boolean;
  error?: string;
}

/** Items with their answers: examples of the guidelines, or tasks of a test. */
export function ExampleRows({ legend, questions, examples, onChange, bare = false, error }: Props) {
  const t = useText();
  const set = (at: number, change: Partial<TypedExample>) => onChange(examples.map((example, index) => (index === at ? { ...example, ...change } : example)));
  return (
    <fieldset className="rows">
      <legend>{legend}</legend>
      {examples.map((example, at) => (
        <div className={bare ? 'row example bare' : 'row example'} key={at}>
          <textarea rows={2} aria-label={t.newProject.exampleText} placeholder={t.newProject.exampleText} value={example.text} onChange={(event) => set(at, { text: event.target.value })} />
          <div className="answers">{questions.map((question, place) => {
            const label = questions.length === 1 ? t.newProject.exampleAnswer : t.newProject.exampleAnswerTo(question.title || question.name);
            return (
              <select
                key={place} aria-label={label} value={example.answers[place] ?? ''}
                onChange={(event) => set(at, { answers: questions.map((_, index) => (index === place ? event.target.value : example.answers[index] ?? '')) })}
              >
                <option value="">{label}</option>
                {named(question.choices).map((choice) => <option key={valueOf(choice)} value={valueOf(choice)}>{choice.title || choice.value}</option>)}
              </select>
            );
          })}</div>
          {!bare && <input aria-label={t.newProject.exampleWhy} placeholder={t.newProject.exampleWhy} value={example.why} onChange={(event) => set(at, { why: event.target.value })} />}
          <Button className="button quiet small" aria-label={t.newProject.remove(at + 1)} onPress={() => onChange(examples.filter((_, index) => index !== at))}>×</Button>
        </div>
      ))}
      {error && <p className="field-error" role="alert">{error}</p>}
      <Button className="button small" onPress={() => onChange([...examples, { text: '', answers: [], why: '' }])}>{bare ? t.skills.addTask : t.newProject.addExample}</Button>
    </fieldset>
  );
}
