import { Link } from 'react-router';
import { query } from '../api/http';
import { usePaged } from '../api/paged';
import type { Statement as Legs, StatementLine } from '../api/types';
import { amount } from '../format/amount';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';
import { shortAccount } from './AccountName';
import { Firmness, type AsOf } from './asOf';

/** Every leg on one account that was there then; each opens its entry. */
export function Statement({ book, account, commodity, asOf }: { book: string; account: string; commodity: string | null; asOf: AsOf }) {
  const t = useText();
  const format = useFormat();
  const legs = usePaged<StatementLine, Legs>(`/api/ledger/books/${book}/statement${query({ account, commodity, ...asOf })}`);
  const sums = legs.first?.sums ?? [];
  return (
    <section className="box">
      <div className="title-row">
        <h2 title={account}>{t.ledger.statementOf(shortAccount(account))}</h2>
        <Link to={`/ledger/${book}${query({ ...asOf })}`}>{t.close}</Link>
      </div>
      {legs.first && <Firmness firm={legs.first.firm ?? false} asOf={asOf} />}
      <Listed of={legs} empty={t.ledger.nothing}>
        {(items) => (
          <Table label={t.ledger.statementOf(account)} head={(
            <tr><th>{t.ledger.when}</th><th>{t.ledger.event}</th><th className="n">{t.ledger.amount}</th></tr>
          )}
            foot={sums.map((sum) => (
              <tr key={sum.commodity}>
                <th colSpan={2} scope="row">{sums.length > 1 ? t.ledger.commodities[sum.commodity] ?? sum.commodity : t.figures.sum(legs.first!.count)}</th>
                <td className="n">{amount(sum.amount, sum.commodity, format)}</td>
              </tr>
            ))}
          >
            {items.map((leg, at) => (
              <tr key={at}>
                <td>{leg.effectiveAt && format.moment(leg.effectiveAt)}</td>
                <td>{leg.entryId ? <Link to={`/ledger/entries/${leg.entryId}`}>{leg.type ?? t.ledger.entry}</Link> : leg.type}</td>
                <td className="n">{amount(leg.amount, leg.commodity, format)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
    </section>
  );
}
