import { Field, Pick } from '../kit/fields';
import { useText } from '../text/text';
import type { Fault, Typed } from './draft';
import { SkillRows } from './SkillRows';

interface Props {
  typed: Typed;
  set: <K extends keyof Typed>(field: K) => (value: Typed[K]) => void;
  found: Partial<Record<keyof Typed, Fault>>;
}

const TEXTS = ['regions', 'languages', 'sharePercentMax', 'labelsMax', 'goldPercent', 'restAfterMinutes', 'restMinutes'] as const;

/** Who may take the tasks, how many of them, and in which order: checked with every claim. */
export function RulesFields({ typed, set, found }: Props) {
  const t = useText();
  const field = (name: (typeof TEXTS)[number] | 'exposureMinutesMax') => ({
    label: t.newProject.fields[name]!, hint: t.newProject.hints[name], value: typed[name], onChange: set(name),
    error: found[name] && t.newProject.faults[found[name]],
  });
  return (
    <details className="box">
      <summary>{t.newProject.rules}</summary>
      <p className="muted">{t.newProject.rulesText}</p>
      <div className="fields">
        <Field {...field('regions')} />
        <Field {...field('languages')} />
        <Pick label={t.newProject.fields.claimOrder!} hint={t.newProject.hints.claimOrder} value={typed.claimOrder} onChange={(value) => set('claimOrder')(value as Typed['claimOrder'])} options={Object.entries(t.claimOrders)} />
        <Pick label={t.newProject.fields.itemsNamedBy!} value={typed.itemsNamedBy} onChange={(value) => set('itemsNamedBy')(value as Typed['itemsNamedBy'])} options={Object.entries(t.itemsNamedBy)} />
        <Field {...field('labelsMax')} inputMode="numeric" />
        <Field {...field('goldPercent')} inputMode="numeric" />
        <Field {...field('sharePercentMax')} inputMode="numeric" />
        <Field {...field('restAfterMinutes')} inputMode="numeric" />
        <Field {...field('restMinutes')} inputMode="numeric" />
        {typed.contentWarning.trim() !== '' && <Field {...field('exposureMinutesMax')} inputMode="numeric" />}
      </div>
      <SkillRows chosen={typed.skills} onChange={set('skills')} error={found.skills && t.newProject.faults.skills} />
    </details>
  );
}
