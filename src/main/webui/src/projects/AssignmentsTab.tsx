import { useState } from 'react';
import { Button } from 'react-aria-components';
import { post, request } from '../api/http';
import { usePaged } from '../api/paged';
import type { Assignee, Project } from '../api/types';
import { Confirmed, useChange } from '../kit/actions';
import { Field } from '../kit/fields';
import { Failure, Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { AnnotatorField } from '../people/AnnotatorField';
import { useFormat, useText } from '../text/text';

/** Who is to label what, where the requester says so. */
export function AssignmentsTab({ project }: { project: Project }) {
  const t = useText();
  const { count } = useFormat();
  const path = `/api/projects/${project.projectId}/assignments`;
  const assignees = usePaged<Assignee>(`/api/projects/${project.projectId}/assignees`);
  return (
    <>
      {!['closed', 'cancelled'].includes(project.state.toLowerCase()) && <Assign path={path} assignees={assignees.items ?? []} />}
      <section>
        <h2>{t.assign.who}</h2>
        <Listed of={assignees} empty={<><strong>{t.assign.empty}</strong><p>{t.assign.emptyText}</p></>}>
          {(all) => (
            <Table stacked label={t.assign.who} head={<tr><th>{t.review.annotator}</th><th className="n">{t.assign.assigned}</th><th className="n">{t.assign.claimed}</th><th /></tr>}>
              {all.map((each) => (
                <tr key={each.annotator}>
                  <td><span className="pseudonym">{each.annotator.slice(0, 8)}</span></td>
                  <td className="n">{count(each.assigned)}</td>
                  <td className="n">{count(each.claimed)}</td>
                  <td className="n">
                    {each.claimed < each.assigned && (
                      <Confirmed
                        label={t.assign.withdraw} title={t.assign.withdrawTitle(each.annotator.slice(0, 8))} confirm={t.assign.withdraw} className="button small"
                        onConfirm={() => request(`${path}/${each.annotator}`, { method: 'DELETE' })}
                      >
                        <p>{t.assign.withdrawText(each.assigned - each.claimed)}</p>
                      </Confirmed>
                    )}
                  </td>
                </tr>
              ))}
            </Table>
          )}
        </Listed>
      </section>
    </>
  );
}

/** All of the items named or none; whom one provisioned goes by name, whoever has items already by their random name. */
function Assign({ path, assignees }: { path: string; assignees: Assignee[] }) {
  const t = useText();
  const [annotator, setAnnotator] = useState('');
  const [typed, setTyped] = useState('');
  const keys = typed.split(/[\n,]/).map((key) => key.trim()).filter(Boolean);
  const assign = useChange((body: { annotator: string; itemKeys: string[] }) => post<{ assigned: number }>(path, body), () => setTyped(''));
  return (
    <section className="box">
      <h2>{t.assign.title}</h2>
      <p className="muted">{t.assign.text}</p>
      <form onSubmit={(event) => { event.preventDefault(); assign.mutate({ annotator: annotator.trim(), itemKeys: keys }); }}>
        <AnnotatorField value={annotator} onChange={setAnnotator} known={assignees.map((each) => each.annotator)} />
        <Field label={t.assign.items} hint={t.assign.itemsHint} lines={4} value={typed} onChange={setTyped} />
        {assign.isError && <Failure error={assign.error} />}
        {assign.isSuccess && <p className="note" role="status">{t.assign.done(assign.data.assigned)}</p>}
        <Button type="submit" className="button primary" isDisabled={assign.isPending || annotator.trim() === '' || keys.length === 0}>{t.assign.assign}</Button>
      </form>
    </section>
  );
}
