import { Button } from 'react-aria-components';
import { useText } from '../text/text';
import { valueOf, type TypedChoice } from './draft';

export function ChoiceRows({ choices, onChange, error }: { choices: TypedChoice[]; onChange: (choices: TypedChoice[]) => void; error?: string }) {
  const t = useText();
  const set = (at: number, change: Partial<TypedChoice>) => onChange(choices.map((choice, index) => (index === at ? { ...choice, ...change } : choice)));
  return (
    <fieldset className="rows">
      <legend>{t.newProject.choices}</legend>
      {choices.map((choice, at) => (
        <div className="row" key={at}>
          <input aria-label={t.newProject.choiceTitle(at + 1)} placeholder={t.newProject.choiceTitle(at + 1)} value={choice.title} onChange={(event) => set(at, { title: event.target.value })} />
          <input aria-label={t.newProject.choiceValue} placeholder={valueOf(choice) || t.newProject.choiceValue} value={choice.value} onChange={(event) => set(at, { value: event.target.value })} />
          <input className="key" aria-label={t.newProject.choiceKey} placeholder={String(at + 1)} maxLength={1} value={choice.key} onChange={(event) => set(at, { key: event.target.value })} />
          <Button className="button quiet small" aria-label={t.newProject.remove(at + 1)} isDisabled={choices.length <= 2} onPress={() => onChange(choices.filter((_, index) => index !== at))}>×</Button>
        </div>
      ))}
      {error && <p className="field-error" role="alert">{error}</p>}
      <Button className="button small" onPress={() => onChange([...choices, { title: '', value: '', key: '' }])}>{t.newProject.addChoice}</Button>
    </fieldset>
  );
}
