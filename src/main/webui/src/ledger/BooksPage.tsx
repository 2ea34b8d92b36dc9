import { Link, Navigate } from 'react-router';
import { usePaged } from '../api/paged';
import type { Book } from '../api/types';
import { Listed } from '../kit/states';
import { useText } from '../text/text';

export default function BooksPage() {
  const t = useText();
  const books = usePaged<Book>('/api/ledger/books');
  const only = books.items?.length === 1 && !books.hasNextPage ? books.items[0] : undefined;
  if (only) return <Navigate to={`/ledger/${only.book}`} replace />;
  return (
    <main id="main" className="narrow">
      <h1>{t.ledger.books}</h1>
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
