import { useState } from 'react';
import { Button } from 'react-aria-components';
import { request } from '../api/http';
import { usePaged } from '../api/paged';
import type { Holder, Skill } from '../api/types';
import { Confirmed, useChange } from '../kit/actions';
import { Pick } from '../kit/fields';
import { Failure, Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { AnnotatorField } from '../people/AnnotatorField';
import { useFormat, useText } from '../text/text';

/** Grants a skill by hand, changes its level, and takes it away. */
export function Holders({ skill }: { skill: Skill }) {
  const t = useText();
  const { moment } = useFormat();
  const path = `/api/skills/${skill.skillId}/holders`;
  const holders = usePaged<Holder>(path);
  const [annotator, setAnnotator] = useState('');
  const [level, setLevel] = useState(skill.levels[0]!);
  const grant = useChange(
    (wanted: { annotator: string; level: string }) => request<Holder>(`${path}/${wanted.annotator}`, { method: 'PUT', json: { level: wanted.level } }),
    () => setAnnotator(''),
  );
  return (
    <>
      <Listed of={holders} empty={t.skills.nobody}>
        {(all) => (
          <Table stacked label={t.skills.whoHolds(skill.name)} head={<tr><th>{t.review.annotator}</th><th>{t.skills.level}</th><th>{t.skills.how}</th><th>{t.skills.since}</th><th /></tr>}>
            {all.map((each) => (
              <tr key={each.annotator}>
                <td><span className="pseudonym">{each.annotator.slice(0, 8)}</span></td>
                <td>{each.level}</td>
                <td>{t.skills.sources[each.source ?? ''] ?? each.source}</td>
                <td>{each.heldSince ? moment(each.heldSince) : ''}</td>
                <td className="n">
                  <Confirmed
                    label={t.skills.revoke} title={t.skills.revokeTitle(skill.name)} confirm={t.skills.revoke} className="button small"
                    onConfirm={() => request(`${path}/${each.annotator}`, { method: 'DELETE' })}
                  >
                    <p>{t.skills.revokeText}</p>
                  </Confirmed>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
      <form onSubmit={(event) => { event.preventDefault(); grant.mutate({ annotator: annotator.trim(), level }); }}>
        <AnnotatorField value={annotator} onChange={setAnnotator} known={(holders.items ?? []).map((each) => each.annotator)} />
        {skill.levels.length > 1 && <Pick label={t.skills.level} value={level} onChange={setLevel} options={skill.levels.map((each) => [each, each] as const)} />}
        {grant.isError && <Failure error={grant.error} />}
        {grant.isSuccess && <p className="note" role="status">{t.skills.granted(grant.data.level)}</p>}
        <Button type="submit" className="button primary" isDisabled={grant.isPending || annotator.trim() === ''}>{t.skills.grant}</Button>
      </form>
    </>
  );
}
