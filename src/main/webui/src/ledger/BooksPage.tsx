import { Link, Navigate } from 'react-router';
import { usePaged } from '../api/paged';
import type { Book } from '../api/types';
import { Listed } from '../kit/states';
import { has, useMe } from '../session/session';
import { useText } from '../text/text';

export default function BooksPage() {
  const t = useText();
  const books = usePaged<Book>('/api/ledger/books');
  const operator = has(useMe(), 'operator');
  const only = books.items?.length === 1 && !books.hasNextPage ? books.items[0] : undefined;
  if (only && !operator) return <Navigate to={`/ledger/${only.book}`} replace />;
  return (
    <main id="main" className="narrow">
      <div className="title-row">
        <h1>{t.ledger.books}</h1>
        {operator && <Link className="button" to="/ledger/audit">{t.audit.title}</Link>}
      </div>
      <p className="lead">{t.ledger.booksLead}</p>
      <Listed of={books} empty={t.ledger.noBooks}>
        {(items) => (
          <ul className="plain-list">
            {items.map((book) => (
              <li key={book.book}>
                <Link to={`/ledger/${book.book}`}>{book.name ?? book.book}</Link> {book.kind && <span className="muted">{t.ledger.kinds[book.kind] ?? book.kind}</span>}
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </main>
  );
}
