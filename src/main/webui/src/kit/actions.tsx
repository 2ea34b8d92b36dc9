import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useText } from '../text/text';
import { Overlay } from './overlays';
import { Failure } from './states';

/**
 * A change sent to the server, with a key that makes a retry after a lost answer the same event. The key is renewed only
 * after an answer. All lists are read anew afterwards, since one change may show in many of them.
 */
export function useChange<V, R>(send: (value: V, idempotencyKey: string) => Promise<R>, done?: (result: R) => void) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const body = useRef<string>('');
  return useMutation<R, Error, V>({
    mutationFn: (value) => {
      // A changed body under the same key would be refused.
      const now = JSON.stringify(value ?? null);
      if (now !== body.current) {
        body.current = now;
        key.current = crypto.randomUUID();
      }
      return send(value, key.current);
    },
    onSuccess: (result) => {
      key.current = crypto.randomUUID();
      void client.invalidateQueries();
      done?.(result);
    },
  });
}

/** A button whose change is asked about first: what it does, and what it costs. */
export function Confirmed(props: {
  label: string;
  title: string;
  children: ReactNode;
  confirm: string;
  onConfirm: () => Promise<unknown>;
  className?: string;
  isDisabled?: boolean;
}) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const change = useChange<null, unknown>(() => props.onConfirm(), () => setOpen(false));
  return (
    <>
      <Button className={props.className ?? 'button'} isDisabled={props.isDisabled} onPress={() => { change.reset(); setOpen(true); }}>
        {props.label}
      </Button>
      <Overlay title={props.title} isOpen={open} onClose={() => setOpen(false)}>
        {props.children}
        {change.isError && <Failure error={change.error} />}
        <div className="actions">
          <Button className="button primary" isDisabled={change.isPending} onPress={() => change.mutate(null)}>{props.confirm}</Button>
          <Button className="button" onPress={() => setOpen(false)}>{t.cancel}</Button>
        </div>
      </Overlay>
    </>
  );
}
