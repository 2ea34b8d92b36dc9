import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { get } from './http';
import type { Page } from './types';

/** A list read page by page with the server's cursor. */
export function usePaged<T, P extends Page<T> = Page<T>>(path: string, enabled = true) {
  const result = useInfiniteQuery<P, Error, InfiniteData<P>, string[], string | null>({
    queryKey: [path],
    enabled,
    initialPageParam: null,
    queryFn: ({ pageParam }) => get<P>(withCursor(path, pageParam)),
    getNextPageParam: (page) => page.next ?? null,
  });
  return { ...result, first: result.data?.pages[0], items: result.data?.pages.flatMap((page) => page.items ?? []) };
}

export function withCursor(path: string, after: string | null): string {
  if (!after) return path;
  return `${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`;
}
