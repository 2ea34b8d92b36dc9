import { usePaged } from '../api/paged';
import type { Payslip } from '../api/types';
import { duration } from '../format/time';
import { Listed } from '../kit/states';
import { useFormat, useText } from '../text/text';

export function Payslips() {
  const t = useText();
  const format = useFormat();
  const payslips = usePaged<Payslip>('/api/me/payslips');
  return (
    <section>
      <h2>{t.pay.payslips}</h2>
      <Listed of={payslips} empty={t.pay.noPayslip}>
        {(items) => (
          <ul className="cards">
            {items.map((slip) => (
              <li className="card" key={slip.payslipId}>
                <div className="card-head">
                  <h3>{format.money(slip.totalMinor, slip.currency)}</h3>
                  <p className="muted">{slip.organisation} · {format.moment(slip.paidAt)}</p>
                </div>
                {slip.failedAt && <p className="note">{t.pay.failed(format.moment(slip.failedAt))}</p>}
                <dl className="parts">
                  {(slip.lines ?? []).map((line, index) => (
                    <div key={index}>
                      <dt>
                        {[line.title, t.dues[line.kind] ?? line.kind].filter(Boolean).join(' · ')}
                        {line.count ? <small>{t.pay.lineTasks(line.count)}{line.millis ? ` · ${duration(line.millis)}` : ''}</small> : null}
                      </dt>
                      <dd>{format.money(line.amountMinor, slip.currency)}</dd>
                    </div>
                  ))}
                </dl>
                <p><a href={slip.proofHref} download={`payslip-${slip.payslipId}.json`} title={t.pay.proofText}>{t.pay.proof}</a></p>
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}
