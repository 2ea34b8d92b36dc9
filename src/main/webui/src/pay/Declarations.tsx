import { usePaged } from '../api/paged';
import type { Declaration } from '../api/types';
import { duration } from '../format/time';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';

/** What one has said about the own time, and what became of it. */
export function Declarations() {
  const t = useText();
  const format = useFormat();
  const declarations = usePaged<Declaration>('/api/me/declarations');
  return (
    <section>
      <h2>{t.pay.declarations}</h2>
      <Listed of={declarations} empty={t.pay.noDeclaration}>
        {(items) => (
          <Table stacked label={t.pay.declarations} head={(
            <tr><th>{t.pay.when}</th><th>{t.pay.source}</th><th className="n">{t.pay.said}</th><th className="n">{t.pay.booked}</th><th>{t.pay.state}</th></tr>
          )}>
            {items.map((each) => (
              <tr key={each.declarationId}>
                <td>{format.moment(each.declaredAt)}</td>
                <td>{t.sources[each.source] ?? each.source}{each.reason && <small>{each.reason}</small>}</td>
                <td className="n">{each.askedMillis < 0 ? t.pay.awayFor(duration(-each.askedMillis)) : duration(each.askedMillis)}</td>
                <td className="n">{duration(each.bookedMillis)}</td>
                <td>
                  <span className={`tag ${each.state === 'approved' ? 'good' : each.state === 'refused' ? 'bad' : ''}`}>{t.pay.declarationStates[each.state]}</span>
                  {each.state === 'pending' && each.decideUntil && <small>{t.pay.decideUntil(format.moment(each.decideUntil))}</small>}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
    </section>
  );
}
