import type { Answer, Form } from '../api/types';
import { choiceKey, currentQuestion } from './keyboard';

interface Props {
  form: Form;
  answer: Answer;
  onChoose: (question: string, value: string) => void;
  /** Keys are shown only where they work. */
  keyPrefix: string;
}

export function AnswerForm({ form, answer, onChoose, keyPrefix }: Props) {
  const current = currentQuestion(form, answer);
  return (
    <>
      {form.questions.map((question) => (
        <fieldset key={question.name} className={form.questions.length > 1 && question === current ? 'question current' : 'question'}>
          <legend>{question.title || question.name}</legend>
          <div className="choices">
            {question.choices.map((choice, at) => {
              const key = choiceKey(question, at);
              const chosen = answer[question.name] === choice.value;
              return (
                <label key={choice.value} className={chosen ? 'choice chosen' : 'choice'}>
                  <input
                    type="radio" name={question.name} value={choice.value} checked={chosen}
                    onChange={() => onChoose(question.name, choice.value)}
                  />
                  {key && question === current && <kbd aria-hidden="true">{keyPrefix}{key}</kbd>}
                  <span>{choice.title ?? choice.value}</span>
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
    </>
  );
}
