import { useQuery } from '@tanstack/react-query';
import { get, query } from '../api/http';
import type { WageReport, WageRow } from '../api/types';
import { Empty, Loaded } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';

export default function WagesPage() {
  const t = useText();
  const path = '/api/reports/wages?by=region';
  const report = useQuery({ queryKey: [path], queryFn: () => get<WageReport>(path) });
  return (
    <main id="main">
      <div className="title-row">
        <h1>{t.reports.title}</h1>
        <a className="button" href={csvHref(report.data)} download>{t.reports.csv}</a>
      </div>
      <p className="lead">{t.reports.lead}</p>
      <Loaded of={report}>{(data) => (data.rows.length === 0 ? <Empty>{t.reports.empty}</Empty> : <Shown report={data} />)}</Loaded>
    </main>
  );
}

/** The file is of the very report on the page: the same seed and the same state of the ledger. */
function csvHref(report: WageReport | undefined): string {
  return `/api/reports/wages.csv${query({ by: 'region', seed: report?.parameters?.seed, watermark: report?.watermark?.tx })}`;
}

function Shown({ report }: { report: WageReport }) {
  const t = useText();
  return (
    <>
      <Table stacked label={t.reports.title} foot={report.all && <Row row={report.all} name={t.reports.all} currency={report.currency} />} head={(
        <tr>
          <th>{t.reports.region}</th><th className="n">{t.reports.annotators}</th><th className="n">{t.reports.hours}</th>
          <th className="n">{t.wage.advertised}</th><th className="n">{t.reports.median}</th><th className="n">{t.reports.mean}</th><th className="n">{t.reports.unpaid}</th>
        </tr>
      )}>
        {report.rows.map((row) => <Row key={row.region} row={row} name={row.region} currency={report.currency} />)}
      </Table>
      {(report.declaredSources ?? []).length > 0 && <p className="note">{t.reports.declaredBy(report.declaredSources ?? [])}</p>}
      {(report.notes ?? []).map((note) => <p className="muted" key={note}>{note}</p>)}
      <details className="box">
        <summary>{t.reports.basis}</summary>
        <pre>{JSON.stringify({ measures: report.measures, parameters: report.parameters, watermark: report.watermark, sha256: report.sha256 }, null, 2)}</pre>
      </details>
    </>
  );
}

function Row({ row, name, currency }: { row: WageRow; name: string; currency: string }) {
  const t = useText();
  const { perHour, hours, count, percent } = useFormat();
  if (row.suppressed) {
    return <tr><th scope="row">{name}</th><td colSpan={6} className="muted suppressed">{t.reports.suppressed}</td></tr>;
  }
  const wage = (minor: number | null | undefined, note?: string | null) =>
    <td className="n">{minor == null ? '–' : perHour(minor, currency)}{note && <small>{note}</small>}</td>;
  const span = (low: number | null | undefined, high: number | null | undefined) =>
    (low == null || high == null ? null : `${perHour(low, currency)} – ${perHour(high, currency)}`);
  const interval = row.effectiveMedianInterval95;
  const middle = span(row.effectiveP10MinorPerHour, row.effectiveP90MinorPerHour);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="n">{row.annotators == null ? '–' : count(row.annotators)}</td>
      <td className="n">
        {row.hoursMillis == null ? '–' : hours(row.hoursMillis)}
        {!!row.declaredMillis && <small>{t.reports.ofItDeclared(hours(row.declaredMillis))}</small>}
      </td>
      {wage(row.advertisedMinorPerHour)}
      {wage(row.effectiveMedianMinorPerHour, interval && t.reports.interval(span(interval.low, interval.high) ?? '–'))}
      {wage(row.effectiveMeanMinorPerHour, middle && t.reports.middle(middle))}
      <td className="n">{row.unpaidShare == null ? '–' : percent(row.unpaidShare)}</td>
    </tr>
  );
}
