import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link, useNavigate } from 'react-router';
import { postOnce } from '../api/http';
import type { Project } from '../api/types';
import { useChange } from '../kit/actions';
import { Field, Pick } from '../kit/fields';
import { Failure } from '../kit/states';
import { useFormat, useText } from '../text/text';
import { advertised, BLANK, body, costPerItem, faults, withQuestions, type Typed } from './draft';
import { ExampleRows } from './ExampleRows';
import { QuestionRows } from './QuestionRows';
import { RulesFields } from './RulesFields';

export default function NewProjectPage() {
  const t = useText();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(BLANK);
  const [tried, setTried] = useState(false);
  const found = tried ? faults(typed) : {};
  const create = useChange(
    (draft: ReturnType<typeof body>, key) => postOnce<Project>('/api/projects', key, draft),
    (project) => void navigate(`/projects/${project.projectId}/items`),
  );
  const set = <K extends keyof Typed>(field: K) => (value: Typed[K]) => setTyped((before) => ({ ...before, [field]: value }));
  const field = (name: keyof Typed & ('title' | 'purpose' | 'contentWarning' | 'guidelines' | 'currency' | 'reward' | 'estimateSeconds' | 'labelsWanted' | 'floor' | 'reserve' | 'hazard' | 'returned' | 'qualification' | 'bonusTerms')) => ({
    label: t.newProject.fields[name]!, hint: t.newProject.hints[name], value: typed[name], onChange: set(name),
    error: found[name] && t.newProject.faults[found[name]],
  });
  const submit = () => {
    setTried(true);
    if (Object.keys(faults(typed)).length === 0) create.mutate(body(typed));
  };
  return (
    <main id="main" className="narrow">
      <p className="crumb"><Link to="/projects">← {t.nav.projects}</Link></p>
      <h1>{t.newProject.title}</h1>
      <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <section>
          <h2>{t.newProject.what}</h2>
          <Field {...field('title')} />
          <Field {...field('purpose')} lines={2} />
          <Field {...field('guidelines')} lines={8} />
          <Field {...field('contentWarning')} />
        </section>
        <section>
          <h2>{t.newProject.asked}</h2>
          <QuestionRows questions={typed.questions} tried={tried} onChange={(questions) => setTyped((before) => withQuestions(before, questions))} />
          <ExampleRows legend={t.examples} questions={typed.questions} examples={typed.examples} onChange={set('examples')} />
        </section>
        <section>
          <h2>{t.newProject.pay}</h2>
          <div className="fields">
            <Pick label={t.newProject.fields.payRule!} value={typed.payRule} onChange={(value) => set('payRule')(value as Typed['payRule'])} options={[['piece', t.newProject.piece], ['hour', t.newProject.hour]]} />
            <Field {...field('currency')} />
            <Field {...field('reward')} label={typed.payRule === 'hour' ? t.newProject.hourly : t.newProject.fields.reward!} inputMode="decimal" />
            <Field {...field('estimateSeconds')} inputMode="numeric" />
            <Field {...field('labelsWanted')} inputMode="numeric" />
            <Field {...field('floor')} inputMode="decimal" />
            <Field {...field('reserve')} inputMode="decimal" />
            <Field {...field('hazard')} inputMode="decimal" />
            {typed.payRule === 'piece' && <Field {...field('returned')} inputMode="decimal" />}
            {typed.payRule === 'piece' && <Field {...field('qualification')} inputMode="decimal" />}
          </div>
          <Field {...field('bonusTerms')} lines={2} />
          <Consequences typed={typed} />
        </section>
        <RulesFields typed={typed} set={set} found={found} />
        {create.isError && <Failure error={create.error} />}
        {tried && Object.keys(found).length > 0 && <p className="note bad" role="alert">{t.newProject.notYet}</p>}
        <div className="actions">
          <Button type="submit" className="button primary large" isDisabled={create.isPending}>{t.newProject.create}</Button>
          <span className="muted">{t.newProject.then}</span>
        </div>
      </form>
    </main>
  );
}

/** What the terms typed mean for people and for the purse, as one types. */
function Consequences({ typed }: { typed: Typed }) {
  const t = useText();
  const { money, perHour } = useFormat();
  const wage = advertised(typed);
  const item = costPerItem(typed);
  return (
    <dl className="facts box" aria-live="polite">
      <div className="fact"><dt>{t.newProject.wage}</dt><dd>{wage === null ? '–' : perHour(wage, typed.currency)}</dd></div>
      <div className="fact"><dt>{t.newProject.perItem}</dt><dd>{item === null ? '–' : money(item, typed.currency)}</dd></div>
      <div className="fact"><dt>{t.newProject.perThousand}</dt><dd>{item === null ? '–' : money(item * 1000, typed.currency)}</dd></div>
    </dl>
  );
}
