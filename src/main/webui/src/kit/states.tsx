import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { Refused, SignedOut, Unreachable } from '../api/http';
import type { Catalogue } from '../text/en';
import { useText } from '../text/text';

/** What a failed request says, with its remedy and, where trying again may help, a way to. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useText();
  const { title, detail, remedy } = explained(error, t);
  return (
    <div className="note bad" role="alert">
      <strong>{title}</strong>
      {detail && <p>{detail}</p>}
      {remedy && <p className="remedy">{remedy}</p>}
      {retry && <Button className="button small" onPress={retry}>{t.retry}</Button>}
    </div>
  );
}

/** Whoever works here reads it in their language, and is told what to do on a page, not in an API. */
export function explained(error: unknown, t: Catalogue): { title: string; detail?: string; remedy?: string } {
  if (error instanceof Refused) {
    const { title, detail, remedy, status, code } = error.problem;
    const known = code === undefined ? undefined : t.refusals[code];
    if (known) return known;
    if (status === 404 && !detail) return { title: t.failures.missing };
    if (status === 403 && !detail) return { title: t.failures.forbidden, remedy: t.failures.forbiddenRemedy };
    return { title: detail ?? title ?? t.failures.refused, remedy };
  }
  if (error instanceof Unreachable) return { title: t.failures.unreachable, remedy: t.failures.unreachableRemedy };
  if (error instanceof SignedOut) return { title: t.failures.signedOut };
  return { title: t.failures.unexpected, detail: error instanceof Error ? error.message : undefined };
}

export function Waiting() {
  const t = useText();
  return <p className="waiting" role="status"><span className="pulse" aria-hidden="true" />{t.loading}</p>;
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}

/** One answer: waiting, failed, or shown. */
export function Loaded<T>({ of, children }: { of: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.isError) return <Failure error={of.error} retry={() => void of.refetch()} />;
  return <Waiting />;
}

interface Paged<T> {
  items: T[] | undefined;
  error: unknown;
  isError: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

/** A list read by pages: waiting, failed, empty, or shown with a button for more. */
export function Listed<T>({ of, empty, children }: { of: Paged<T>; empty: ReactNode; children: (items: T[]) => ReactNode }) {
  const t = useText();
  if (of.items === undefined) return of.isError ? <Failure error={of.error} retry={() => void of.refetch()} /> : <Waiting />;
  if (of.items.length === 0) return <Empty>{empty}</Empty>;
  return (
    <>
      {children(of.items)}
      {of.isError && <Failure error={of.error} retry={() => void of.fetchNextPage()} />}
      {of.hasNextPage && (
        <p className="more">
          <Button className="button" isDisabled={of.isFetchingNextPage} onPress={() => void of.fetchNextPage()}>{t.more}</Button>
        </p>
      )}
    </>
  );
}
