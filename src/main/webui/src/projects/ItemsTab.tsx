import { useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { Refused, request } from '../api/http';
import { usePaged } from '../api/paged';
import type { Item, Project, RowError } from '../api/types';
import { useChange } from '../kit/actions';
import { ItemContent } from '../kit/content';
import { Failure, Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { has, useMe } from '../session/session';
import { useFormat, useText } from '../text/text';

export function ItemsTab({ project }: { project: Project }) {
  const t = useText();
  const me = useMe();
  const items = usePaged<Item>(`/api/projects/${project.projectId}/items`);
  return (
    <>
      {has(me, 'requester') && !['closed', 'cancelled'].includes(project.state.toLowerCase()) && <Import project={project} />}
      <section>
        <h2>{t.items.title}</h2>
        <Listed of={items} empty={t.items.empty}>
          {(all) => (
            <Table label={t.items.title} head={<tr><th>{t.items.key}</th><th>{t.items.content}</th><th>{t.items.origin}</th></tr>}>
              {all.map((item) => (
                <tr key={item.itemId}>
                  <th scope="row"><code>{item.externalKey}</code></th>
                  <td className="compact"><ItemContent content={item.content} /></td>
                  <td>{[item.source, item.licence, item.lawfulBasis].filter(Boolean).join(' · ') || <span className="muted">{t.items.unknown}</span>}</td>
                </tr>
              ))}
            </Table>
          )}
        </Listed>
      </section>
    </>
  );
}

/** The file goes to the server as it is, streamed; all of it is imported or nothing. */
function Import({ project }: { project: Project }) {
  const t = useText();
  const { count } = useFormat();
  const [pasted, setPasted] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const send = useChange(({ body, type }: { body: Blob | string; type: string }) =>
    request<{ imported: number }>(`/api/projects/${project.projectId}/items`, { method: 'POST', body, contentType: type }),
  () => { setPasted(''); if (file.current) file.current.value = ''; });
  const errors = send.error instanceof Refused ? send.error.problem.errors ?? [] : [];
  return (
    <section>
      <h2>{t.items.import}</h2>
      <p className="muted">{t.items.importText}</p>
      <div className="field">
        <label htmlFor="items-file">{t.items.file}</label>
        <input
          id="items-file" ref={file} type="file" accept=".csv,.jsonl,.ndjson,text/csv,application/x-ndjson"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            if (chosen) send.mutate({ body: chosen, type: /\.(jsonl|ndjson)$/i.test(chosen.name) ? 'application/x-ndjson' : 'text/csv' });
          }}
        />
      </div>
      <details className="box">
        <summary>{t.items.paste}</summary>
        <textarea aria-label={t.items.paste} rows={6} spellCheck={false} value={pasted} placeholder={'key,text\n1,…'} onChange={(event) => setPasted(event.target.value)} />
        <div className="actions">
          <Button className="button" isDisabled={pasted.trim() === '' || send.isPending} onPress={() => send.mutate({ body: pasted, type: pasted.trimStart().startsWith('{') ? 'application/x-ndjson' : 'text/csv' })}>{t.items.import}</Button>
        </div>
      </details>
      {send.isPending && <p className="waiting" role="status"><span className="pulse" aria-hidden="true" />{t.items.importing}</p>}
      {send.isSuccess && <p className="note" role="status">{t.items.imported(count(send.data.imported))}</p>}
      {send.isError && <Failure error={send.error} />}
      {errors.length > 0 && <Errors errors={errors} />}
    </section>
  );
}

function Errors({ errors }: { errors: RowError[] }) {
  const t = useText();
  return (
    <Table label={t.items.errors} head={<tr><th className="n">{t.items.line}</th><th>{t.items.column}</th><th>{t.items.error}</th></tr>}>
      {errors.map((error, at) => <tr key={at}><td className="n">{error.line}</td><td>{error.column ?? ''}</td><td>{error.message}</td></tr>)}
    </Table>
  );
}
