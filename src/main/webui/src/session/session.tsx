import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { openedFor, request, SignedOut } from '../api/http';
import type { Me, Role } from '../api/types';

/** Who is signed in; null when nobody is. */
export function useSignedIn() {
  return useQuery<Me | null>({
    queryKey: ['/api/me'],
    staleTime: 60_000,
    queryFn: async () => {
      try {
        const me = await request<Me>('/api/me', { quiet: true });
        openedFor(me.personId);
        return me;
      } catch (failure) {
        if (failure instanceof SignedOut) return null;
        throw failure;
      }
    },
  });
}

export const MeContext = createContext<Me | null>(null);

/** The person signed in. Only for pages inside the signed-in part. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('Nobody is signed in.');
  return me;
}

export function has(me: Me, ...roles: Role[]): boolean {
  return roles.some((role) => me.roles.includes(role));
}

export function loginHref(): string {
  return `/login?to=${encodeURIComponent(location.pathname + location.search)}`;
}

/** Whether this person may be measured: they agreed, or nothing is asked of them. */
export function mayBeMeasured(me: Me): boolean {
  return !me.consent?.required || me.consent.decision === 'agreed';
}
