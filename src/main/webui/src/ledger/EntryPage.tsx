import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { get, query } from '../api/http';
import type { Entry, Leg } from '../api/types';
import { amount } from '../format/amount';
import { Loaded } from '../kit/states';
import { Fact, Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';
import { AccountName } from './AccountName';

export default function EntryPage() {
  const t = useText();
  const { id } = useParams();
  const path = `/api/ledger/entries/${id}`;
  const entry = useQuery({ queryKey: [path], queryFn: () => get<Entry>(path) });
  return (
    <main id="main" className="narrow">
      <p className="crumb"><Link to="/ledger">← {t.ledger.books}</Link></p>
      <Loaded of={entry}>{(data) => <Shown entry={data} />}</Loaded>
    </main>
  );
}

function Shown({ entry }: { entry: Entry }) {
  const t = useText();
  const { moment } = useFormat();
  const books = [...new Set(entry.legs.map((leg) => leg.book ?? ''))];
  return (
    <>
      <h1>{t.ledger.entryOf(entry.type)}</h1>
      <dl className="facts">
        <Fact label={t.ledger.happened}>{moment(entry.occurredAt ?? entry.effectiveAt)}</Fact>
        <Fact label={t.ledger.posted}>{moment(entry.postedAt)}</Fact>
      </dl>
      {entry.reverses && <p className="note"><Link to={`/ledger/entries/${entry.reverses}`}>{t.ledger.reverses}</Link></p>}
      {entry.reversedBy && <p className="note warn"><Link to={`/ledger/entries/${entry.reversedBy}`}>{t.ledger.reversed}</Link></p>}
      {books.map((book) => {
        const legs = entry.legs.filter((leg) => (leg.book ?? '') === book);
        return <section key={book}><h2>{t.ledger.bookOf(legs[0]?.bookName ?? book)}</h2><LegTable book={book} legs={legs} /></section>;
      })}
      {(entry.others ?? []).length > 0 && <p className="note">{t.ledger.others(entry.others!.map((other) => other.bookName ?? other.book).join(', '))}</p>}
      {entry.about && Object.keys(entry.about).length > 0 && (
        <section>
          <h2>{t.ledger.about}</h2>
          <dl className="parts">
            {Object.entries(entry.about).filter(([, value]) => value != null).map(([kind, value]) => (
              <div key={kind}><dt>{kind}</dt><dd><code>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</code></dd></div>
            ))}
          </dl>
        </section>
      )}
      <p className="muted"><code>{entry.entryId}</code></p>
    </>
  );
}

function LegTable({ book, legs }: { book: string; legs: Leg[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <Table label={t.ledger.legs} head={<tr><th>{t.ledger.account}</th><th>{t.ledger.commodity}</th><th className="n">{t.ledger.debit}</th><th className="n">{t.ledger.credit}</th></tr>}>
      {legs.map((leg, at) => (
        <tr key={at}>
          <td><Link to={`/ledger/${book}${query({ account: leg.account, commodity: leg.commodity })}`}><AccountName account={leg.account} /></Link></td>
          <td className="muted">{t.ledger.commodities[leg.commodity] ?? leg.commodity}</td>
          <td className="n">{leg.amount > 0 ? amount(leg.amount, leg.commodity, format) : ''}</td>
          <td className="n">{leg.amount < 0 ? amount(-leg.amount, leg.commodity, format) : ''}</td>
        </tr>
      ))}
    </Table>
  );
}
