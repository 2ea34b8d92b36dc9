import { useCallback, useEffect, useRef } from 'react';

/** On it the windows of one browser in which a project is worked on tell each other which of its tasks are answered or given back. */
const channelOf = (projectId: string) => `kreislauf.gone.${projectId}`;

interface Told {
  claimId: string;
  settled: boolean;
}

/**
 * Two windows show the same tasks ahead: what is done in one is not to be done again in the other.
 *
 * @param gone told of each claim that another window is done with, and again once the server knows (`settled`)
 * @returns tells the other windows
 */
export function useGone(projectId: string, gone: (claimId: string, settled: boolean) => void): (claimId: string, settled: boolean) => void {
  const channel = useRef<BroadcastChannel | null>(null);
  const latest = useRef(gone);
  latest.current = gone;
  useEffect(() => {
    const opened = new BroadcastChannel(channelOf(projectId));
    opened.onmessage = ({ data }: MessageEvent<Told>) => latest.current(data.claimId, data.settled);
    channel.current = opened;
    return () => {
      channel.current = null;
      opened.close();
    };
  }, [projectId]);
  return useCallback((claimId: string, settled: boolean) => channel.current?.postMessage({ claimId, settled } satisfies Told), []);
}
