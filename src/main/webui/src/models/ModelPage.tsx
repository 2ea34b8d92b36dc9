import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { get } from '../api/http';
import type { Circuit, Figure, Model } from '../api/types';
import { ChainView } from '../figures/ChainView';
import { FigurePanel } from '../figures/FigurePanel';
import { figureLabel } from '../figures/figure';
import { FigureValue } from '../figures/FigureValue';
import { Empty, Loaded } from '../kit/states';
import { Bar, Fact } from '../kit/tables';
import { has, useMe } from '../session/session';
import { useFormat, useText } from '../text/text';
import { LabourForm } from './LabourForm';
import { MeansForm } from './MeansForm';
import { ModelState } from './ModelState';
import { MonthForm } from './MonthForm';
import { RefundForm } from './RefundForm';
import { ReleaseForm } from './ReleaseForm';
import { RunForm } from './RunForm';

/** One model on its way M - C ... P ... C' - M': what goes in until its release, what comes back after it. */
export default function ModelPage() {
  const t = useText();
  const { modelId } = useParams();
  const path = `/api/models/${modelId}`;
  const model = useQuery({ queryKey: [path], queryFn: () => get<Model>(path) });
  return (
    <main id="main">
      <p className="crumb"><Link to="/models">← {t.nav.models}</Link></p>
      <Loaded of={model}>{(data) => <Shown model={data} />}</Loaded>
    </main>
  );
}

function Shown({ model }: { model: Model }) {
  const t = useText();
  const { moment } = useFormat();
  const maker = has(useMe(), 'requester');
  const released = model.state === 'released';
  return (
    <>
      <div className="title-row">
        <div>
          <h1>{model.name}</h1>
          <p className="lead">{released ? t.models.soldLead : t.models.makingLead}</p>
        </div>
        <div><ModelState model={model} />{model.releasedAt && <small>{moment(model.releasedAt)}</small>}</div>
      </div>
      <p><Link className="button" to={`/circuit/models/${model.modelId}`}>{t.models.openCircuit}</Link></p>
      {released && <Sales model={model} />}
      {maker && released && <Selling model={model} />}
      {maker && !released && <Making model={model} />}
      <WhatIsBooked model={model} />
    </>
  );
}

function Sales({ model }: { model: Model }) {
  const t = useText();
  const { money } = useFormat();
  const months = model.months ?? model.monthsSold;
  return (
    <section>
      <h2>{t.models.sold}</h2>
      <Bar label={t.models.monthsSold} value={model.monthsSold} max={months} text={t.models.ofMonths(model.monthsSold, months)} />
      <dl className="facts"><Fact label={t.models.revenue} note={t.models.revenueNote}>{money(model.revenueMinor, model.currency)}</Fact></dl>
    </section>
  );
}

function Selling({ model }: { model: Model }) {
  const t = useText();
  const over = model.months != null && model.monthsSold >= model.months;
  return (
    <>
      <section className="box">
        <h2>{t.models.month.title}</h2>
        {over ? <p className="muted">{t.models.month.over}</p> : <MonthForm model={model} />}
      </section>
      {model.revenueMinor > 0 && <details className="box"><summary>{t.models.refund.title}</summary><RefundForm model={model} /></details>}
    </>
  );
}

function Making({ model }: { model: Model }) {
  const t = useText();
  return (
    <>
      <section className="box"><h2>{t.models.run.title}</h2><RunForm model={model} /></section>
      <details className="box"><summary>{t.models.labour.title}</summary><LabourForm model={model} /></details>
      <details className="box"><summary>{t.models.means.title}</summary><MeansForm currency={model.currency} /></details>
      <section className="box">
        <h2>{t.models.release.title}</h2>
        {model.runs === 0 ? <p className="muted">{t.models.release.runFirst}</p> : <ReleaseForm model={model} />}
      </section>
    </>
  );
}

const WENT_IN = ['c', 'v', 'outside', 'hours.total', 'declared.total'];
const KINDS = ['month', 'run', 'licence'];

/** The part of its circuit that its maker has booked; each number opens its entries. */
function WhatIsBooked({ model }: { model: Model }) {
  const t = useText();
  const [open, setOpen] = useState<Figure | null>(null);
  const path = `/api/circuit/models/${model.modelId}`;
  const circuit = useQuery({ queryKey: [path], queryFn: () => get<Circuit>(path) });
  return (
    <section>
      <h2>{t.models.booked}</h2>
      <Loaded of={circuit}>
        {({ figures, chain, currency }) => {
          const wentIn = figures.filter((figure) => WENT_IN.includes(figure.key));
          const links = (chain ?? []).filter((link) => KINDS.includes(link.kind));
          return (
            <>
              <dl className="facts">
                {wentIn.map((figure) => <Fact key={figure.key} label={figureLabel(figure, t)}><FigureValue figure={figure} currency={currency} onOpen={setOpen} /></Fact>)}
              </dl>
              {links.length === 0 ? <Empty>{t.models.nothingBooked}</Empty> : <ChainView chain={links} currency={currency} onOpen={setOpen} />}
              <FigurePanel figure={open} currency={currency} onClose={() => setOpen(null)} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
