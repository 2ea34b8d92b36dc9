import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useParams } from 'react-router';
import { get } from '../api/http';
import type { Circuit, Figure } from '../api/types';
import { ChainView } from '../figures/ChainView';
import { FigurePanel } from '../figures/FigurePanel';
import { Loaded, Waiting } from '../kit/states';
import { Link } from 'react-router';
import { useText } from '../text/text';
import { FigureTable } from './FigureTable';

/** The chart library is large and only this page needs it. */
const Flows = lazy(() => import('./Flows'));

export default function CircuitPage() {
  const t = useText();
  const { kind, id } = useParams();
  const path = `/api/circuit/${kind}/${id}`;
  const circuit = useQuery({ queryKey: [path], queryFn: () => get<Circuit>(path) });
  return (
    <main id="main">
      <p className="crumb"><Link to="/circuit">← {t.nav.circuit}</Link></p>
      <Loaded of={circuit}>{(data) => <Shown circuit={data} />}</Loaded>
    </main>
  );
}

function Shown({ circuit }: { circuit: Circuit }) {
  const t = useText();
  const [open, setOpen] = useState<Figure | null>(null);
  const { subject, currency, figures } = circuit;
  const flows = circuit.flows ?? [];
  const chain = circuit.chain ?? [];
  const declared = figures.some((figure) => figure.declaredSources?.includes('demo'));
  const openFlow = (key: string) => setOpen(figures.find((figure) => figure.key === key) ?? null);
  return (
    <>
      <p className="muted kind">{t.circuit.subjects[subject.kind] ?? subject.kind}{subject.organisation ? ` · ${subject.organisation.name}` : ''}</p>
      <h1>{subject.name}</h1>
      <p className="lead">{t.circuit.lead}</p>
      {declared && <p className="note warn">{t.circuit.demoNote}</p>}
      {flows.length > 0 && (
        <section aria-label={t.circuit.picture}>
          <Suspense fallback={<Waiting />}><Flows flows={flows} currency={currency} onOpen={openFlow} /></Suspense>
        </section>
      )}
      <section>
        <h2>{t.circuit.table}</h2>
        <p className="muted">{t.circuit.tableLead}</p>
        <FigureTable figures={figures} currency={currency} onOpen={setOpen} />
      </section>
      {chain.length > 0 && (
        <section>
          <h2>{t.circuit.chain}</h2>
          <p className="muted">{t.circuit.chainLead}</p>
          <ChainView chain={chain} currency={currency} onOpen={setOpen} />
        </section>
      )}
      <FigurePanel figure={open} currency={currency} onClose={() => setOpen(null)} />
    </>
  );
}
