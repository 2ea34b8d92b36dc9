import { request } from '../api/http';
import { usePaged } from '../api/paged';
import type { Qualification, Skill } from '../api/types';
import { Confirmed } from '../kit/actions';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useText } from '../text/text';
import { NewTest } from './NewTest';

/** The tests that one's organisation has set, how they went, and a form for another one. */
export function Tests({ skills }: { skills: Skill[] }) {
  const t = useText();
  const tests = usePaged<Qualification>('/api/qualifications');
  return (
    <section>
      <h2>{t.skills.tests}</h2>
      <Listed of={tests} empty={<><strong>{t.skills.noTest}</strong><p>{t.skills.noTestText}</p></>}>
        {(all) => (
          <Table stacked label={t.skills.tests} head={(
            <tr><th>{t.skills.test}</th><th>{t.skills.earns}</th><th className="n">{t.skills.tasks}</th><th className="n">{t.skills.enough}</th><th className="n">{t.skills.passed}</th><th /></tr>
          )}>
            {all.map((test) => (
              <tr key={test.qualificationId}>
                <th scope="row">{test.title}</th>
                <td>{[test.skill, test.level].filter(Boolean).join(' ')}</td>
                <td className="n">{test.tasks}</td>
                <td className="n">{test.thresholdPercent}%</td>
                <td className="n">{t.skills.passedOf(test.passed ?? 0, test.handedIn ?? 0)}</td>
                <td className="n">
                  {test.open ? (
                    <Confirmed
                      label={t.skills.close} title={t.skills.closeTitle(test.title)} confirm={t.skills.close} className="button small"
                      onConfirm={() => request(`/api/qualifications/${test.qualificationId}/close`, { method: 'POST' })}
                    >
                      <p>{t.skills.closeText}</p>
                    </Confirmed>
                  ) : <span className="muted">{t.skills.closed}</span>}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
      {skills.length > 0 && <NewTest skills={skills} />}
    </section>
  );
}
