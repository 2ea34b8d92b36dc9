import { useState } from 'react';
import { Button } from 'react-aria-components';
import { post } from '../api/http';
import type { Qualification, Skill } from '../api/types';
import { useChange } from '../kit/actions';
import { Field, Pick } from '../kit/fields';
import { Failure } from '../kit/states';
import { ExampleRows } from '../projects/ExampleRows';
import { QuestionRows } from '../projects/QuestionRows';
import { withQuestions } from '../projects/draft';
import { useText } from '../text/text';
import { BLANK_TEST, bodyOfTest, faultsOfTest, type TypedTest } from './test';

/** Tasks with known answers, by which annotators earn a level of a skill. */
export function NewTest({ skills }: { skills: Skill[] }) {
  const t = useText();
  const [typed, setTyped] = useState(BLANK_TEST);
  const [tried, setTried] = useState(false);
  const found = tried ? faultsOfTest(typed) : {};
  const create = useChange((test: ReturnType<typeof bodyOfTest>) => post<Qualification>('/api/qualifications', test), () => { setTyped(BLANK_TEST); setTried(false); });
  const set = <K extends keyof TypedTest>(name: K) => (value: TypedTest[K]) => setTyped((before) => ({ ...before, [name]: value }));
  const said = (name: keyof TypedTest) => found[name] && t.skills.faults[found[name]];
  const levels = skills.find((each) => each.name === typed.skill)?.levels ?? [];
  const submit = () => {
    setTried(true);
    if (Object.keys(faultsOfTest(typed)).length === 0) create.mutate(bodyOfTest(typed));
  };
  return (
    <details className="box">
      <summary>{t.skills.newTest}</summary>
      <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Field label={t.skills.testTitle} value={typed.title} onChange={set('title')} error={said('title')} />
        <div className="fields">
          <Pick label={t.skills.skill} value={typed.skill} onChange={(skill) => setTyped((before) => ({ ...before, skill, level: '' }))} options={[['', '…'], ...skills.map((each) => [each.name, each.name] as const)]} />
          {levels.length > 1 && <Pick label={t.skills.level} value={typed.level || levels[0]!} onChange={set('level')} options={levels.map((each) => [each, each] as const)} />}
          <Field label={t.skills.threshold} value={typed.threshold} onChange={set('threshold')} inputMode="numeric" error={said('threshold')} />
          <Field label={t.skills.tries} value={typed.tries} onChange={set('tries')} inputMode="numeric" error={said('tries')} />
        </div>
        {found.skill && <p className="field-error" role="alert">{t.skills.chooseSkill}</p>}
        <Field label={t.guidelines} lines={3} value={typed.guidelines} onChange={set('guidelines')} />
        <QuestionRows questions={typed.questions} tried={tried} onChange={(questions) => setTyped((before) => withQuestions(before, questions))} />
        <ExampleRows bare legend={t.skills.knownTasks} questions={typed.questions} examples={typed.examples} onChange={set('examples')} error={said('examples')} />
        {create.isError && <Failure error={create.error} />}
        {create.isSuccess && <p className="note" role="status">{t.skills.set(create.data.title)}</p>}
        <Button type="submit" className="button primary" isDisabled={create.isPending}>{t.skills.setTest}</Button>
      </form>
    </details>
  );
}
