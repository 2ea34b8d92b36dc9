import type { Problem } from './types';

/** A request that the server refused, with what it said about why and what to do. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title ?? `HTTP ${problem.status}`);
  }
}

/** The request did not reach the server, or no whole answer came back: it may be sent again. */
export class Unreachable extends Error {
  /** @param status of what answered in the server's place; undefined: nothing did */
  constructor(message: string, options?: ErrorOptions, readonly status?: number) {
    super(message, options);
  }
}

/** The session is over: sign in again, then send again. */
export class SignedOut extends Error {}

/** Told `ended` whenever an answer says that the session is over, and `resumed` by the first answer after that which does not. */
export const sessionEnded = new EventTarget();

let over = false;

let person: string | undefined;

/**
 * Says for whom this page was opened. A browser has one session for all windows: when somebody else signs in in another one, this page's session is over,
 * and nothing of it becomes theirs.
 */
export function openedFor(personId: string): void {
  person = personId;
}

/** 499 is what Quarkus OIDC answers to a script instead of a redirect to the sign-in page. */
const SIGNED_OUT = [401, 499];

interface Send {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  json?: unknown;
  body?: BodyInit;
  contentType?: string;
  idempotencyKey?: string;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
  /** Do not tell the page that the session is over, the caller deals with it; `repeated`: tell it unless it is told already. */
  quiet?: boolean | 'repeated';
  /** Give up waiting for the whole answer after so long; without it, when the browser does. */
  timeoutMillis?: number;
}

export async function request<T>(path: string, send: Send = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Requested-With': 'JavaScript' };
  const method = send.method ?? 'GET';
  if (method !== 'GET') headers['X-Kreislauf-Csrf'] = '1';
  if (person) headers['X-Kreislauf-Person'] = person;
  if (send.idempotencyKey) headers['Idempotency-Key'] = send.idempotencyKey;
  const body = send.json === undefined ? send.body : JSON.stringify(send.json);
  if (body !== undefined) headers['Content-Type'] = send.contentType ?? 'application/json';
  const { status, text } = await answerOf(path, { method, headers, body, keepalive: send.keepalive, credentials: 'same-origin' }, send.timeoutMillis);
  if (SIGNED_OUT.includes(status)) {
    const tell = send.quiet === 'repeated' ? !over : !send.quiet;
    if (tell) {
      over = true;
      sessionEnded.dispatchEvent(new Event('ended'));
    }
    throw new SignedOut('Signed out.');
  }
  if ([502, 503, 504].includes(status)) throw new Unreachable(`HTTP ${status}`, undefined, status);
  if (over) {
    over = false;
    sessionEnded.dispatchEvent(new Event('resumed'));
  }
  if (status < 200 || status > 299) throw new Refused(problemOf(status, text));
  try {
    return (text ? JSON.parse(text) : undefined) as T;
  } catch (cause) {
    // A proxy's page in place of the answer.
    throw new Unreachable('The answer could not be read.', { cause }, status);
  }
}

async function answerOf(path: string, init: RequestInit, timeoutMillis: number | undefined): Promise<{ status: number; text: string }> {
  const giveUp = new AbortController();
  const timer = timeoutMillis === undefined ? undefined : setTimeout(() => giveUp.abort(), timeoutMillis);
  try {
    const response = await fetch(path, { ...init, signal: giveUp.signal });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new Unreachable('No connection to the server.', { cause });
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(status: number, text: string): Problem {
  try {
    const parsed = JSON.parse(text) as Problem;
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed, status };
  } catch {
    // Not JSON: a proxy's page, or nothing at all. The status is all there is to say.
  }
  return { status, title: `HTTP ${status}` };
}

export const get = <T>(path: string) => request<T>(path);
export const post = <T>(path: string, json: unknown = {}) => request<T>(path, { method: 'POST', json });

/** A change of money or goods: the same key makes a retry the same event. */
export const postOnce = <T>(path: string, idempotencyKey: string, json: unknown = {}) =>
  request<T>(path, { method: 'POST', json, idempotencyKey });

/** Query string of the members that are set. */
export function query(parameters: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return set.length === 0 ? '' : '?' + new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
}
