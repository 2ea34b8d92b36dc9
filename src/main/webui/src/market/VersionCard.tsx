import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { get } from '../api/http';
import type { DatasetVersion, TimeClass } from '../api/types';
import { Loaded } from '../kit/states';
import { Table } from '../kit/tables';
import { useFormat, useText } from '../text/text';

/** One released version: what is in it, what it cost in money and hours, and its files for those who may have them. */
export function VersionCard({ version, currency, own, children }: { version: DatasetVersion; currency?: string; own?: boolean; children?: ReactNode }) {
  const t = useText();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const money = version.currency ?? currency ?? 'USD';
  const hours = sum(version.millisByClass) + sum(version.declaredMillisByClass);
  return (
    <li className="card">
      <div className="card-head">
        <h3>{version.name} · {t.dataset.version(version.number)}</h3>
        <p className="muted">{version.organisation?.name}{version.releasedAt && ` · ${format.moment(version.releasedAt)}`}</p>
      </div>
      <p className="card-foot">
        {version.trainRows != null && <span>{t.dataset.split(format.count(version.trainRows), format.count(version.testRows ?? 0))}</span>}
        <span>{t.dataset.licences(version.licencesSold ?? 0, version.licencesDeclared)}</span>
        {hours > 0 && <span>{format.hours(hours)}{sum(version.declaredMillisByClass) > 0 && <> <span className="tag declared">{t.dataset.ofThemDeclared(format.hours(sum(version.declaredMillisByClass)))}</span></>}</span>}
        {version.cMinor != null && <span>c {format.money(version.cMinor, money)}</span>}
        {version.vMinor != null && <span>v {format.money(version.vMinor, money)}</span>}
        {version.annotators != null && <span>{t.dataset.annotators(version.annotators)}</span>}
        <Link to={`/circuit/datasets/${version.versionId}`}>{t.project.tabs.circuit}</Link>
      </p>
      {(own || version.mayDownload) && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t.dataset.files}</summary>
          {open && <Files versionId={version.versionId} />}
        </details>
      )}
      {children}
    </li>
  );
}

export function Files({ versionId }: { versionId: string }) {
  const t = useText();
  const format = useFormat();
  const path = `/api/datasets/${versionId}`;
  const version = useQuery({ queryKey: [path], queryFn: () => get<DatasetVersion>(path) });
  return (
    <Loaded of={version}>
      {(data) => (
        <Table label={t.dataset.files} head={<tr><th>{t.dataset.file}</th><th className="n">{t.dataset.rows}</th><th className="n">{t.dataset.bytes}</th><th>SHA-256</th></tr>}>
          {(data.files ?? []).map((file) => (
            <tr key={file.path}>
              <td><a href={`/api/datasets/${versionId}/files/${file.path.split('/').map(encodeURIComponent).join('/')}`} download>{file.path}</a></td>
              <td className="n">{file.rows == null ? '' : format.count(file.rows)}</td>
              <td className="n">{format.count(file.bytes)}</td>
              <td><code title={file.sha256}>{file.sha256.slice(0, 12)}…</code></td>
            </tr>
          ))}
        </Table>
      )}
    </Loaded>
  );
}

function sum(byClass: Partial<Record<TimeClass, number>> | null | undefined): number {
  return Object.values(byClass ?? {}).reduce((total, millis) => total + millis, 0);
}
