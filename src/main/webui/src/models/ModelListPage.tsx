import { Link } from 'react-router';
import { usePaged } from '../api/paged';
import type { Model } from '../api/types';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';
import { ModelState } from './ModelState';
import { NewModelForm } from './NewModelForm';

/** The organisation's own models: what went into each is booked, and what came out. */
export default function ModelListPage() {
  const t = useText();
  const { count } = useFormat();
  const models = usePaged<Model>('/api/models');
  return (
    <main id="main">
      <h1>{t.nav.models}</h1>
      <p className="lead">{t.models.lead}</p>
      <NewModelForm />
      <Listed of={models} empty={<><strong>{t.models.empty}</strong><p>{t.models.emptyText} <Link to="/licences">{t.models.toLicences}</Link></p></>}>
        {(items) => (
          <Table stacked label={t.nav.models} head={(
            <tr><th>{t.models.name}</th><th>{t.models.state}</th><th className="n">{t.models.runs}</th><th className="n">{t.models.monthsSold}</th><th className="n">{t.models.revenue}</th><th>{t.project.tabs.circuit}</th></tr>
          )}>
            {items.map((model) => (
              <tr key={model.modelId}>
                <th scope="row"><Link to={`/models/${model.modelId}`}>{model.name}</Link></th>
                <td><ModelState model={model} /></td>
                <td className="n">{count(model.runs)}</td>
                <td className="n">{model.months == null ? count(model.monthsSold) : t.models.ofMonths(model.monthsSold, model.months)}</td>
                <td className="n"><Revenue model={model} /></td>
                <td><Link to={`/circuit/models/${model.modelId}`} aria-label={t.models.circuitOf(model.name)}>{t.models.circuit}</Link></td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
    </main>
  );
}

/** Nothing was sold of what is still being made. */
function Revenue({ model }: { model: Model }) {
  const { money } = useFormat();
  return <>{model.state === 'making' ? '–' : money(model.revenueMinor, model.currency)}</>;
}
