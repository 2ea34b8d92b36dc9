import { useId, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { Refused } from '../api/http';
import { useText } from '../text/text';
import { useChange } from './actions';
import { Overlay } from './overlays';
import { Failure } from './states';

interface BookingProps<V> {
  label: string;
  /** What is typed, as it would be sent; null while something is missing or wrong. */
  typed: V | null;
  /** What confirming does, in words. */
  summary: ReactNode;
  send: (value: V, idempotencyKey: string) => Promise<unknown>;
  /** Said once it is booked. */
  booked: string;
  onBooked?: () => void;
  /** Fields of the request that show their own fault. */
  fields: readonly string[];
  /** The fields; `fault` gives what the server said of one, `tried` that the form was handed in with something missing. */
  children: (fault: (field: string) => string | null, tried: boolean) => ReactNode;
}

/** A form whose content is booked: it is said first what will be booked, and a retry books nothing twice. */
export function Booking<V>({ label, typed, summary, send, booked, onBooked, fields, children }: BookingProps<V>) {
  const t = useText();
  const told = useId();
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const change = useChange<V, unknown>(send, () => {
    setTried(false);
    setAsking(false);
    onBooked?.();
  });
  const fault = (field: string) => faultAt(change.error, field);
  const placed = fields.some((field) => fault(field) !== null);
  const handIn = () => {
    setTried(true);
    change.reset();
    if (typed !== null) setAsking(true);
  };
  const confirm = (value: V) => change.mutate(value, { onError: () => setAsking(false) });
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); handIn(); }}>
      {children(fault, tried)}
      {change.isError && !placed && <Failure error={change.error} />}
      <div className="actions">
        <Button type="submit" className="button primary" aria-describedby={told} isDisabled={change.isPending}>{label}</Button>
        <span id={told} role="status" className="muted">{change.isSuccess ? booked : tried && typed === null ? t.booking.missing : ''}</span>
      </div>
      <Overlay title={label} isOpen={asking} onClose={() => setAsking(false)}>
        {summary}
        <p className="muted">{t.booking.final}</p>
        <div className="actions">
          <Button className="button primary" isDisabled={change.isPending || typed === null} onPress={() => typed !== null && confirm(typed)}>{t.booking.confirm}</Button>
          <Button className="button" onPress={() => setAsking(false)}>{t.cancel}</Button>
        </div>
      </Overlay>
    </form>
  );
}

/** What the server says is wrong with this field, with its remedy; null where the fault is elsewhere. */
export function faultAt(error: unknown, field: string): string | null {
  if (!(error instanceof Refused) || error.problem.field !== field) return null;
  return [error.problem.detail, error.problem.remedy].filter(Boolean).join(' ');
}
