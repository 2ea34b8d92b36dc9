import { useState } from 'react';
import { usePaged } from '../api/paged';
import type { Skill } from '../api/types';
import { Listed } from '../kit/states';
import { NewSkill } from '../projects/SkillRows';
import { useText } from '../text/text';
import { Holders } from './Holders';
import { Tests } from './Tests';

/** What annotators can be asked to hold: who holds it, and the tests by which it is earned. */
export default function SkillsPage() {
  const t = useText();
  const skills = usePaged<Skill>('/api/skills?limit=200');
  const [open, setOpen] = useState<string | null>(null);
  return (
    <main id="main" className="narrow">
      <h1>{t.skills.title}</h1>
      <p className="lead">{t.skills.lead}</p>
      <section>
        <NewSkill onDefined={(skill) => setOpen(skill.skillId)} />
        <Listed of={skills} empty={<><strong>{t.skills.empty}</strong><p>{t.skills.emptyText}</p></>}>
          {(all) => (
            <ul className="cards">
              {all.map((skill) => (
                <li key={skill.skillId} className="card">
                  <h2>{skill.name}</h2>
                  {skill.levels.length > 1 && <p className="muted">{t.skills.levels(skill.levels.join(', '))}</p>}
                  <details open={open === skill.skillId} onToggle={(event) => { if (event.currentTarget.open) setOpen(skill.skillId); }}>
                    <summary>{t.skills.whoHolds(skill.name)}</summary>
                    {open === skill.skillId && <Holders skill={skill} />}
                  </details>
                </li>
              ))}
            </ul>
          )}
        </Listed>
      </section>
      <Tests skills={skills.items ?? []} />
    </main>
  );
}
