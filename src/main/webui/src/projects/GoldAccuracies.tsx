import { usePaged } from '../api/paged';
import type { GoldAccuracy, Project } from '../api/types';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';

/** How each annotator meets the answers the requester knows; nothing where nobody has had such an item. */
export function GoldAccuracies({ project }: { project: Project }) {
  const t = useText();
  const { percent } = useFormat();
  const accuracies = usePaged<GoldAccuracy>(`/api/projects/${project.projectId}/gold?limit=200`);
  if (!accuracies.items?.length) return null;
  return (
    <section>
      <h2>{t.gold.title}</h2>
      <p className="muted">{t.gold.text}</p>
      <Table stacked label={t.gold.title} head={(
        <tr><th>{t.review.annotator}</th><th className="n">{t.gold.answered}</th><th className="n">{t.gold.right}</th><th className="n">{t.gold.accuracy}</th><th className="n">{t.gold.between}</th></tr>
      )}>
        {accuracies.items.map((each) => (
          <tr key={each.annotator}>
            <td><span className="pseudonym">{each.annotator.slice(0, 8)}</span></td>
            <td className="n">{each.answered}</td>
            <td className="n">{each.right}</td>
            <td className="n">{percent(each.accuracy)}</td>
            <td className="n">{percent(each.low)} – {percent(each.high)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
