import { useState } from 'react';
import { Button } from 'react-aria-components';
import { post } from '../api/http';
import { usePaged } from '../api/paged';
import type { Skill } from '../api/types';
import { useChange } from '../kit/actions';
import { Failure } from '../kit/states';
import { useText } from '../text/text';
import type { TypedSkill } from './draft';

/** What an annotator has to hold: skills of one's own organisation, at least at the level chosen. */
export function SkillRows({ chosen, onChange, error }: { chosen: TypedSkill[]; onChange: (skills: TypedSkill[]) => void; error?: string }) {
  const t = useText();
  const skills = usePaged<Skill>('/api/skills?limit=200');
  const known = skills.items ?? [];
  const levels = (name: string) => known.find((each) => each.name === name)?.levels ?? [];
  const set = (at: number, change: TypedSkill) => onChange(chosen.map((each, index) => (index === at ? change : each)));
  return (
    <fieldset className="rows">
      <legend>{t.newProject.skills}</legend>
      {skills.isError && <Failure error={skills.error} />}
      {chosen.map(({ skill, level }, at) => (
        <div className="row skill" key={at}>
          <select aria-label={t.newProject.skill(at + 1)} value={skill} onChange={(event) => set(at, { skill: event.target.value, level: '' })}>
            <option value="">…</option>
            {known.map((each) => <option key={each.skillId} value={each.name}>{each.name}</option>)}
          </select>
          <select aria-label={t.newProject.skillLevel(at + 1)} value={level} disabled={levels(skill).length < 2} onChange={(event) => set(at, { skill, level: event.target.value })}>
            <option value="">{t.newProject.anyLevel}</option>
            {levels(skill).map((each) => <option key={each} value={each}>{each}</option>)}
          </select>
          <Button className="button quiet small" aria-label={t.newProject.remove(at + 1)} onPress={() => onChange(chosen.filter((_, index) => index !== at))}>×</Button>
        </div>
      ))}
      {error && <p className="field-error" role="alert">{error}</p>}
      {known.length > 0 && <Button className="button small" onPress={() => onChange([...chosen, { skill: '', level: '' }])}>{t.newProject.addSkill}</Button>}
      <NewSkill onDefined={(skill) => onChange([...chosen, { skill: skill.name, level: '' }])} />
    </fieldset>
  );
}

/** Skills are named once and never changed, so that what somebody holds keeps its meaning. */
export function NewSkill({ onDefined }: { onDefined: (skill: Skill) => void }) {
  const t = useText();
  const [name, setName] = useState('');
  const [levels, setLevels] = useState('');
  const define = useChange((body: object) => post<Skill>('/api/skills', body), (skill) => { setName(''); setLevels(''); onDefined(skill); });
  const listed = levels.split(',').map((each) => each.trim()).filter(Boolean);
  return (
    <details>
      <summary>{t.newProject.newSkill}</summary>
      <div className="row skill">
        <input aria-label={t.newProject.skillName} placeholder={t.newProject.skillName} value={name} onChange={(event) => setName(event.target.value)} />
        <input aria-label={t.newProject.skillLevels} placeholder={t.newProject.skillLevels} value={levels} onChange={(event) => setLevels(event.target.value)} />
        <Button
          className="button small" isDisabled={name.trim() === '' || define.isPending}
          onPress={() => define.mutate({ name: name.trim(), ...(listed.length > 0 ? { levels: listed } : {}) })}
        >{t.newProject.define}</Button>
      </div>
      {define.isError && <Failure error={define.error} />}
    </details>
  );
}
