import { useEffect, useRef, useState } from 'react';
import { Button, Checkbox } from 'react-aria-components';
import { Field } from '../kit/fields';
import { useText } from '../text/text';
import { ChoiceRows } from './ChoiceRows';
import { blankQuestion, faultsOfQuestion, type TypedQuestion } from './draft';

interface Props {
  questions: TypedQuestion[];
  onChange: (questions: TypedQuestion[]) => void;
  tried: boolean;
}

/** What is asked about each item, in the order in which it is asked. A question that was moved keeps the focus, so that it can be moved on by keyboard. */
export function QuestionRows({ questions, onChange, tried }: Props) {
  const t = useText();
  const group = useRef<HTMLDivElement>(null);
  const moved = useRef<{ to: number; up: boolean } | null>(null);
  const [said, setSaid] = useState('');
  const set = (at: number, change: Partial<TypedQuestion>) => onChange(questions.map((question, index) => (index === at ? { ...question, ...change } : question)));
  const move = (at: number, to: number) => {
    const changed = questions.filter((_, index) => index !== at);
    changed.splice(to, 0, questions[at]!);
    moved.current = { to, up: to < at };
    setSaid(t.newProject.movedQuestion(at + 1, to + 1));
    onChange(changed);
  };
  useEffect(() => {
    if (!moved.current) return;
    const { to, up } = moved.current;
    moved.current = null;
    const buttons = [...(group.current?.querySelectorAll<HTMLButtonElement>('[data-move]') ?? [])].filter((each) => each.dataset.move?.startsWith(`${to}-`) && !each.disabled);
    (buttons.find((each) => each.dataset.move === `${to}-${up ? 'up' : 'down'}`) ?? buttons[0])?.focus();
  }, [questions]);
  return (
    <div ref={group}>
      {questions.map((question, at) => {
        const found = tried ? faultsOfQuestion(questions, at) : {};
        return (
          <fieldset className="box" key={at}>
            <legend>{t.newProject.questionNumber(at + 1)}</legend>
            <Field label={t.newProject.fields.question!} value={question.title} onChange={(title) => set(at, { title })} error={found.title && t.newProject.faults[found.title]} />
            <Field label={t.newProject.fields.questionName!} hint={t.newProject.hints.questionName} value={question.name} onChange={(name) => set(at, { name })} error={found.name && t.newProject.faults[found.name]} />
            <ChoiceRows choices={question.choices} onChange={(choices) => set(at, { choices })} error={found.choices && t.newProject.faults[found.choices]} />
            <Checkbox className="checkbox" isSelected={question.required} onChange={(required) => set(at, { required })}>
              <span className="box-mark" aria-hidden="true" />{t.newProject.required}
            </Checkbox>
            {questions.length > 1 && (
              <div className="actions">
                <button type="button" className="button small" data-move={`${at}-up`} disabled={at === 0} aria-label={t.newProject.moveUp(at + 1)} onClick={() => move(at, at - 1)}>↑</button>
                <button type="button" className="button small" data-move={`${at}-down`} disabled={at === questions.length - 1} aria-label={t.newProject.moveDown(at + 1)} onClick={() => move(at, at + 1)}>↓</button>
                <Button className="button quiet small" onPress={() => onChange(questions.filter((_, index) => index !== at))}>{t.newProject.removeQuestion(at + 1)}</Button>
              </div>
            )}
          </fieldset>
        );
      })}
      <p className="unseen" role="status">{said}</p>
      <Button className="button small" onPress={() => onChange([...questions, blankQuestion(questions.length + 1)])}>{t.newProject.addQuestion}</Button>
    </div>
  );
}
