import { vi } from 'vitest';

/** A browser's storage for tests; `full` refuses whatever is written. */
export class MemoryStorage {
  private readonly values = new Map<string, string>();
  full = false;

  get length() {
    return this.values.size;
  }

  key(at: number) {
    return [...this.values.keys()][at] ?? null;
  }

  getItem(key: string) {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string) {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.values.set(key, value);
  }

  removeItem(key: string) {
    this.values.delete(key);
  }
}

export interface Asked {
  path: string;
  json: any;
  headers: Headers;
  signal?: AbortSignal;
}

/** Answers every request as told, and remembers what was asked. */
export function server(answer: (asked: Asked) => Response | Promise<Response>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const one = { path, json: init.body ? JSON.parse(String(init.body)) : undefined, headers: new Headers(init.headers), signal: init.signal ?? undefined };
    asked.push(one);
    return answer(one);
  });
  return asked;
}

/** An answer that comes only when the one who asked gives up. */
export function never({ signal }: Asked): Promise<Response> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}

/** A body that breaks off. */
export function broken(): Response {
  return new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError('connection reset')) }), { status: 200 });
}

export const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
