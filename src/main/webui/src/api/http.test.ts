import { afterEach, describe, expect, it, vi } from 'vitest';
import { broken, json, never, server } from '../work/browser.testing';
import { openedFor, Refused, request, sessionEnded, SignedOut, Unreachable } from './http';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('an answer', () => {
  it('that breaks off, or is not what was asked for, may be asked for again', async () => {
    server(broken);
    await expect(request('/api/x')).rejects.toBeInstanceOf(Unreachable);
    server(() => new Response('<html>Please log in to this wireless network</html>'));
    await expect(request('/api/x')).rejects.toBeInstanceOf(Unreachable);
  });

  it('that does not come is given up after the time allowed', async () => {
    vi.useFakeTimers();
    server(never);
    const asked = expect(request('/api/x', { timeoutMillis: 5000 })).rejects.toBeInstanceOf(Unreachable);
    await vi.advanceTimersByTimeAsync(5000);
    await asked;
  });

  it('says what was refused', async () => {
    server(() => json({ code: 'FENCED', detail: 'No.' }, 409));
    await expect(request('/api/x')).rejects.toMatchObject({ problem: { code: 'FENCED', status: 409 } });
    server(() => new Response('nonsense', { status: 400 }));
    await expect(request('/api/x')).rejects.toBeInstanceOf(Refused);
  });
});

describe('the end of the session', () => {
  it('is met by a page whose person is not the one who is signed in by now', async () => {
    openedFor('anna');
    server(({ headers }) => (headers.get('X-Kreislauf-Person') === 'anna' ? new Response('', { status: 401 }) : json({})));
    await expect(request('/api/x', { quiet: true })).rejects.toBeInstanceOf(SignedOut);
  });

  it('is told once by requests that repeat, each time by others, and again after it was resumed', async () => {
    const told: string[] = [];
    for (const each of ['ended', 'resumed']) sessionEnded.addEventListener(each, () => told.push(each));
    server(() => new Response('', { status: 401 }));
    await expect(request('/api/x', { quiet: true })).rejects.toBeInstanceOf(SignedOut);
    expect(told).toEqual([]);
    for (let i = 0; i < 3; i++) await expect(request('/api/x', { quiet: 'repeated' })).rejects.toBeInstanceOf(SignedOut);
    expect(told).toEqual(['ended']);
    await expect(request('/api/x')).rejects.toBeInstanceOf(SignedOut);
    expect(told).toEqual(['ended', 'ended']);
    server(() => json({}));
    await request('/api/x');
    await request('/api/x');
    expect(told).toEqual(['ended', 'ended', 'resumed']);
  });
});
