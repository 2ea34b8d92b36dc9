import { Button } from 'react-aria-components';
import { post } from '../api/http';
import { usePaged } from '../api/paged';
import type { Declaration, Project } from '../api/types';
import { duration } from '../format/time';
import { useChange } from '../kit/actions';
import { Failure } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';

/** Time that was not observed and waits for a decision; silence approves it. */
export function DeclaredTime({ project }: { project: Project }) {
  const t = useText();
  const pending = usePaged<Declaration>(`/api/projects/${project.projectId}/declarations`);
  if (!pending.items || pending.items.length === 0) return null;
  return (
    <section>
      <h2>{t.review.declared}</h2>
      <p className="muted">{t.review.declaredText}</p>
      <Table stacked label={t.review.declared} head={(
        <tr><th>{t.review.annotator}</th><th>{t.pay.source}</th><th className="n">{t.pay.time}</th><th>{t.review.until}</th><th>{t.review.decision}</th></tr>
      )}>
        {pending.items.map((each) => <Row key={each.declarationId} declaration={each} />)}
      </Table>
    </section>
  );
}

function Row({ declaration }: { declaration: Declaration }) {
  const t = useText();
  const format = useFormat();
  const decide = useChange((approved: boolean) => post(`/api/declarations/${declaration.declarationId}/decide`, { approved }));
  return (
    <tr>
      <td><span className="pseudonym">{declaration.annotator?.slice(0, 8)}</span></td>
      <td>{t.sources[declaration.source] ?? declaration.source}{declaration.reason && <small>{declaration.reason}</small>}</td>
      <td className="n">{duration(declaration.askedMillis)}</td>
      <td>{declaration.decideUntil && format.moment(declaration.decideUntil)}</td>
      <td>
        <span className="row-actions">
          <Button className="button small" isDisabled={decide.isPending} onPress={() => decide.mutate(true)}>{t.review.approve}</Button>
          <Button className="button small danger" isDisabled={decide.isPending} onPress={() => decide.mutate(false)}>{t.review.reject}</Button>
        </span>
        {decide.isError && <Failure error={decide.error} />}
      </td>
    </tr>
  );
}
