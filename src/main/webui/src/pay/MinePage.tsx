import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { get } from '../api/http';
import type { Figure, OwnCircuit } from '../api/types';
import { FigureTable } from '../circuit/FigureTable';
import { ChainView } from '../figures/ChainView';
import { FigurePanel } from '../figures/FigurePanel';
import { Empty, Loaded } from '../kit/states';
import { useText } from '../text/text';

/** Where one's labour went: the chain of one's own hours. */
export default function MinePage() {
  const t = useText();
  const mine = useQuery({ queryKey: ['/api/circuit/mine'], queryFn: () => get<OwnCircuit>('/api/circuit/mine') });
  const [open, setOpen] = useState<Figure | null>(null);
  const currency = mine.data?.currency ?? 'USD';
  return (
    <main id="main">
      <h1>{t.mine.title}</h1>
      <p className="lead">{t.mine.lead}</p>
      <Loaded of={mine}>
        {({ figures, chain }) => ((figures ?? []).length === 0 && (chain ?? []).length === 0
          ? <Empty><strong>{t.mine.empty}</strong><p><Link to="/tasks">{t.mine.toTasks}</Link></p></Empty>
          : (
            <>
              {(figures ?? []).length > 0 && <FigureTable figures={figures!} currency={currency} onOpen={setOpen} />}
              <h2>{t.circuit.chain}</h2>
              <ChainView chain={chain ?? []} currency={currency} onOpen={setOpen} />
            </>
          ))}
      </Loaded>
      <FigurePanel figure={open} currency={currency} onClose={() => setOpen(null)} />
    </main>
  );
}
