import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import { get, query } from '../api/http';
import type { BalanceSheet, TrialBalance } from '../api/types';
import { amount } from '../format/amount';
import { Empty, Loaded } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';
import { AccountName } from './AccountName';
import { AsOfFields, Firmness, useAsOf, type AsOf } from './asOf';
import { Statement, type Of } from './Statement';

/** One book: what stands where, in the forms M C P C' M', as a trial balance, and account by account. */
export default function BookPage() {
  const t = useText();
  const { book = '' } = useParams();
  const [search] = useSearchParams();
  const of: Of = { account: search.get('account'), form: search.get('form'), standing: search.get('standing') };
  const commodity = search.get('commodity');
  const asOf = useAsOf();
  const trialPath = `/api/ledger/trial-balance${query({ book, ...asOf })}`;
  const sheetPath = `/api/ledger/balance-sheet${query({ book, ...asOf })}`;
  const trial = useQuery({ queryKey: [trialPath], queryFn: () => get<TrialBalance>(trialPath) });
  const sheet = useQuery({ queryKey: [sheetPath], queryFn: () => get<BalanceSheet>(sheetPath) });
  return (
    <main id="main">
      <p className="crumb"><Link to="/ledger">← {t.ledger.books}</Link></p>
      <h1>{t.ledger.bookOf(trial.data?.name ?? t.ledger.thisBook)}</h1>
      <AsOfFields />
      {trial.data && <Firmness firm={trial.data.firm ?? false} asOf={asOf} />}
      {(of.account || of.form || of.standing) && <Statement book={book} of={of} commodity={commodity} asOf={asOf} />}
      <section>
        <h2>{t.ledger.sheet}</h2>
        <Loaded of={sheet}>{(data) => <Sheet sheet={data} book={book} asOf={asOf} />}</Loaded>
      </section>
      <section>
        <h2>{t.ledger.trial}</h2>
        <Loaded of={trial}>{(data) => <Trial trial={data} book={book} asOf={asOf} />}</Loaded>
      </section>
    </main>
  );
}

/** Opens the statement of the same clocks. */
function Account({ book, account, commodity, asOf }: { book: string; account: string; commodity: string; asOf: AsOf }) {
  return <Link to={`/ledger/${book}${query({ account, commodity, ...asOf })}`}><AccountName account={account} /></Link>;
}

/** A total opens the legs of the accounts that it is the sum of. */
function Total({ book, of, value, commodity, asOf }: { book: string; of: Of; value: number; commodity: string; asOf: AsOf }) {
  const format = useFormat();
  return <Link to={`/ledger/${book}${query({ ...of, commodity, ...asOf })}`}>{amount(value, commodity, format)}</Link>;
}

function Sheet({ sheet, book, asOf }: { sheet: BalanceSheet; book: string; asOf: AsOf }) {
  const t = useText();
  const format = useFormat();
  const forms = sheet.forms.filter((form) => form.lines.length > 0);
  if (forms.length === 0) return <Empty>{t.ledger.nothing}</Empty>;
  return (
    <div className="columns">
      {forms.map((form) => (
        <div key={form.form}>
          <h3>{t.circuit.groups[form.form] ?? t.ledger.forms[form.form] ?? form.form}</h3>
          <Table label={form.form} head={<tr><th>{t.ledger.account}</th><th className="n">{t.ledger.amount}</th></tr>}
            foot={(form.totals ?? []).map((total) => (
              <tr key={total.commodity}><th scope="row">{t.ledger.commodities[total.commodity] ?? total.commodity}</th><td className="n"><Total book={book} of={{ form: form.form }} value={total.amount} commodity={total.commodity} asOf={asOf} /></td></tr>
            ))}
          >
            {form.lines.map((line) => (
              <tr key={line.account + line.commodity}>
                <td><Account book={book} asOf={asOf} account={line.account} commodity={line.commodity} />{line.commodity.includes('_') || line.commodity.includes(':') ? <small>{t.ledger.commodities[line.commodity.split(':')[0]!] ?? line.commodity}</small> : null}</td>
                <td className="n">{amount(line.amount, line.commodity, format)}</td>
              </tr>
            ))}
          </Table>
        </div>
      ))}
    </div>
  );
}

function Trial({ trial, book, asOf }: { trial: TrialBalance; book: string; asOf: AsOf }) {
  const t = useText();
  const format = useFormat();
  if (trial.rows.length === 0) return <Empty>{t.ledger.nothing}</Empty>;
  return (
    <Table label={t.ledger.trial} head={<tr><th>{t.ledger.account}</th><th>{t.ledger.commodity}</th><th className="n">{t.ledger.debit}</th><th className="n">{t.ledger.credit}</th><th className="n">{t.ledger.balance}</th></tr>}
      foot={(trial.totals ?? []).map((total) => (
        <tr key={total.commodity}>
          <th scope="row">{t.ledger.total}</th><td>{total.commodity}</td>
          <td className="n"><Total book={book} of={{ standing: 'debit' }} value={total.debit} commodity={total.commodity} asOf={asOf} /></td>
          <td className="n"><Total book={book} of={{ standing: 'credit' }} value={total.credit} commodity={total.commodity} asOf={asOf} /></td>
          <td className="n">{amount(total.debit - Math.abs(total.credit), total.commodity, format)}</td>
        </tr>
      ))}
    >
      {trial.rows.map((row) => (
        <tr key={row.account + row.commodity}>
          <td><Account book={book} asOf={asOf} account={row.account} commodity={row.commodity} /></td>
          <td className="muted">{t.ledger.commodities[row.commodity] ?? row.commodity}</td>
          <td className="n">{row.debit ? amount(row.debit, row.commodity, format) : ''}</td>
          <td className="n">{row.credit ? amount(row.credit, row.commodity, format) : ''}</td>
          <td className="n">{amount(row.balance ?? row.debit - Math.abs(row.credit), row.commodity, format)}</td>
        </tr>
      ))}
    </Table>
  );
}
