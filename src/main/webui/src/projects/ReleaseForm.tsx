import { useState } from 'react';
import { Button } from 'react-aria-components';
import { postOnce } from '../api/http';
import type { DatasetVersion, Project } from '../api/types';
import { useChange } from '../kit/actions';
import { Field } from '../kit/fields';
import { Failure } from '../kit/states';
import { useText } from '../text/text';

export function ReleaseForm({ project }: { project: Project }) {
  const t = useText();
  const [name, setName] = useState(project.title);
  const [licences, setLicences] = useState('1');
  const [description, setDescription] = useState('');
  const release = useChange((body: object, key) => postOnce<DatasetVersion>(`/api/projects/${project.projectId}/releases`, key, body));
  const valid = name.trim() !== '' && /^[1-9]\d{0,3}$/.test(licences.trim());
  return (
    <details className="box">
      <summary>{t.release.title}</summary>
      <p className="muted">{t.release.text}</p>
      <form onSubmit={(event) => { event.preventDefault(); release.mutate({ name: name.trim(), licences: Number(licences), ...(description.trim() ? { description: description.trim() } : {}) }); }}>
        <Field label={t.release.name} value={name} onChange={setName} isRequired />
        <Field label={t.release.licences} hint={t.release.licencesHint} value={licences} onChange={setLicences} inputMode="numeric" isRequired />
        <Field label={t.release.description} value={description} onChange={setDescription} lines={3} />
        {release.isError && <Failure error={release.error} />}
        {release.isSuccess && <p className="note" role="status">{t.release.done}</p>}
        <Button type="submit" className="button primary" isDisabled={!valid || release.isPending}>{t.release.release}</Button>
      </form>
    </details>
  );
}
