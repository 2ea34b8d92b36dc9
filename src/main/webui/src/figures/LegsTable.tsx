import { Link } from 'react-router';
import { usePaged } from '../api/paged';
import type { Leg, Legs } from '../api/types';
import { amount } from '../format/amount';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { AccountName } from '../ledger/AccountName';
import { useFormat, useText } from '../text/text';

/** The ledger legs behind a number, and whether their sum is that number. */
export function LegsTable({ href, expected, bookName }: { href: string; expected: number | null; bookName?: string | null }) {
  const t = useText();
  const format = useFormat();
  const legs = usePaged<Leg, Legs>(href);
  // The server sums over all pages; without it the sum is known once the last page is here.
  const sum = legs.first?.sum ?? (legs.hasNextPage ? null : legs.items?.reduce((total, leg) => total + leg.amount, 0) ?? null);
  const commodity = legs.items?.[0]?.commodity;
  return (
    <Listed of={legs} empty={t.figures.noEntries}>
      {(items) => (
        <Table
          label={t.figures.legs}
          head={<tr><th>{t.ledger.event}</th><th>{t.ledger.account}</th><th className="n">{t.ledger.amount}</th></tr>}
          foot={sum !== null && commodity && (
            <tr>
              <th colSpan={2} scope="row">{t.figures.sum(legs.first?.count ?? items.length)}</th>
              <td className="n">
                {amount(sum, commodity, format)}
                {' '}{expected !== null && (sum === expected
                  ? <span className="tag good">{t.figures.agrees}</span> : <span className="tag bad">{t.figures.differs}</span>)}
              </td>
            </tr>
          )}
        >
          {items.map((leg, at) => (
            <tr key={at}>
              <td>
                {leg.entryId ? <Link to={`/ledger/entries/${leg.entryId}`}>{leg.type ?? t.ledger.entry}</Link> : leg.type}
                {leg.effectiveAt && <small>{format.moment(leg.effectiveAt)}</small>}
              </td>
              <td><AccountName account={leg.account} />{leg.bookName && leg.bookName !== bookName && <small>{leg.bookName}</small>}</td>
              <td className="n">{amount(leg.amount, leg.commodity, format)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Listed>
  );
}
