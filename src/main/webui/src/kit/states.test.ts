import { describe, expect, it } from 'vitest';
import { Refused } from '../api/http';
import { de } from '../text/de';
import { en } from '../text/en';
import { explained } from './states';

describe('what a refusal says', () => {
  it('says in the language of who works here what they can do on the page', () => {
    const refused = new Refused({ status: 409, code: 'CONSENT_REQUIRED', detail: 'You have not agreed.', remedy: 'Read the text at GET /api/me and answer it.' });
    expect(explained(refused, de)).toEqual({ title: 'Sie haben der Messung Ihrer Zeit nicht zugestimmt.', remedy: 'Lesen Sie, was gemessen wird, und antworten Sie.' });
    expect(explained(refused, en).remedy).not.toContain('GET');
  });

  it('is the same in every language, and the server’s own word for anything else', () => {
    expect(Object.keys(de.refusals).sort()).toEqual(Object.keys(en.refusals).sort());
    expect(explained(new Refused({ status: 409, code: 'PROMISED', detail: 'It stays.', remedy: 'Make a new one.' }), de)).toEqual({ title: 'It stays.', remedy: 'Make a new one.' });
  });
});
