import { Button } from 'react-aria-components';
import { useText } from '../text/text';
import { named, valueOf, type Typed, type TypedExample } from './draft';

export function ExampleRows({ typed, onChange }: { typed: Typed; onChange: (examples: TypedExample[]) => void }) {
  const t = useText();
  const { examples } = typed;
  const set = (at: number, change: Partial<TypedExample>) => onChange(examples.map((example, index) => (index === at ? { ...example, ...change } : example)));
  return (
    <fieldset className="rows">
      <legend>{t.examples}</legend>
      {examples.map((example, at) => (
        <div className="row example" key={at}>
          <textarea rows={2} aria-label={t.newProject.exampleText} placeholder={t.newProject.exampleText} value={example.text} onChange={(event) => set(at, { text: event.target.value })} />
          <select aria-label={t.newProject.exampleAnswer} value={example.answer} onChange={(event) => set(at, { answer: event.target.value })}>
            <option value="">{t.newProject.exampleAnswer}</option>
            {named(typed).map((choice) => <option key={valueOf(choice)} value={valueOf(choice)}>{choice.title || choice.value}</option>)}
          </select>
          <input aria-label={t.newProject.exampleWhy} placeholder={t.newProject.exampleWhy} value={example.why} onChange={(event) => set(at, { why: event.target.value })} />
          <Button className="button quiet small" aria-label={t.newProject.remove(at + 1)} onPress={() => onChange(examples.filter((_, index) => index !== at))}>×</Button>
        </div>
      ))}
      <Button className="button small" onPress={() => onChange([...examples, { text: '', answer: '', why: '' }])}>{t.newProject.addExample}</Button>
    </fieldset>
  );
}
