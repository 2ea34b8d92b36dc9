import openapiTS, { astToString } from 'openapi-typescript';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it('has types generated from the committed OpenAPI document', async () => {
  const document = JSON.parse(await readFile('src/api/openapi.json', 'utf8'));
  const generated = astToString(await openapiTS(document));
  const committed = await readFile('src/api/openapi.d.ts', 'utf8');
  expect(committed.endsWith(generated), 'stale: npm run generate-types').toBe(true);
});
