import { Link } from 'react-router';
import { query } from '../api/http';
import { usePaged } from '../api/paged';
import type { Statement as Legs, StatementLine } from '../api/types';
import { amount } from '../format/amount';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';
import { AccountName, shortAccount } from './AccountName';
import { Firmness, type AsOf } from './asOf';

/** Of which accounts: one, those of a form of capital, or those that stand on a side. */
export interface Of {
  account?: string | null;
  form?: string | null;
  standing?: string | null;
}

/** Every leg on these accounts that was there then; each opens its entry. */
export function Statement({ book, of, commodity, asOf }: { book: string; of: Of; commodity: string | null; asOf: AsOf }) {
  const t = useText();
  const format = useFormat();
  const legs = usePaged<StatementLine, Legs>(`/api/ledger/books/${book}/statement${query({ ...of, commodity, ...asOf })}`);
  const sums = legs.first?.sums ?? [];
  const name = of.account ? shortAccount(of.account)
    : of.form ? t.circuit.groups[of.form] ?? t.ledger.forms[of.form] ?? of.form
      : of.standing === 'credit' ? t.ledger.standingCredit : t.ledger.standingDebit;
  return (
    <section className="box">
      <div className="title-row">
        <h2 title={of.account ?? undefined}>{t.ledger.statementOf(name)}</h2>
        <Link to={`/ledger/${book}${query({ ...asOf })}`}>{t.close}</Link>
      </div>
      {legs.first && <Firmness firm={legs.first.firm ?? false} asOf={asOf} />}
      <Listed of={legs} empty={t.ledger.nothing}>
        {(items) => (
          <Table label={t.ledger.statementOf(of.account ?? name)} head={(
            <tr><th>{t.ledger.when}</th><th>{t.ledger.event}</th>{!of.account && <th>{t.ledger.account}</th>}<th className="n">{t.ledger.amount}</th></tr>
          )}
            foot={sums.map((sum) => (
              <tr key={sum.commodity}>
                <th colSpan={of.account ? 2 : 3} scope="row">{sums.length > 1 ? t.ledger.commodities[sum.commodity] ?? sum.commodity : t.figures.sum(legs.first!.count)}</th>
                <td className="n">{amount(sum.amount, sum.commodity, format)}</td>
              </tr>
            ))}
          >
            {items.map((leg, at) => (
              <tr key={at}>
                <td>{leg.effectiveAt && format.moment(leg.effectiveAt)}</td>
                <td>{leg.entryId ? <Link to={`/ledger/entries/${leg.entryId}`}>{leg.type ?? t.ledger.entry}</Link> : leg.type}</td>
                {!of.account && <td><AccountName account={leg.account} /></td>}
                <td className="n">{amount(leg.amount, leg.commodity, format)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
    </section>
  );
}
