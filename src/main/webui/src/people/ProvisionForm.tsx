import { useState } from 'react';
import { Button } from 'react-aria-components';
import { post } from '../api/http';
import { usePaged } from '../api/paged';
import type { Organisation, Provisioned, Role } from '../api/types';
import { useChange } from '../kit/actions';
import { Field, Pick } from '../kit/fields';
import { Failure } from '../kit/states';
import { has, useMe } from '../session/session';
import { useText } from '../text/text';

const OPERATORS_ROLES: Role[] = ['annotator', 'reviewer', 'requester', 'researcher', 'operator'];

/** Makes an account. The one-time password is shown here once and kept nowhere; it is changed at the first sign-in. */
export function ProvisionForm() {
  const t = useText();
  const operator = has(useMe(), 'operator');
  const organisations = usePaged<Organisation>('/api/organisations', operator);
  const [login, setLogin] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [role, setRole] = useState<string>('annotator');
  const [organisationId, setOrganisation] = useState('');
  const [region, setRegion] = useState('');
  const [languages, setLanguages] = useState('');
  const provision = useChange((body: object) => post<Provisioned>('/api/people', body), () => { setLogin(''); setDisplayName(''); });
  const named = (organisations.items ?? []).map((each) => [each.id, each.name] as const);
  return (
    <section className="box">
      <h2>{t.people.add}</h2>
      <form onSubmit={(event) => {
        event.preventDefault();
        provision.mutate({
          login: login.trim().toLowerCase(), displayName: displayName.trim(), roles: [role],
          ...(region.trim() ? { region: region.trim().toUpperCase() } : {}),
          ...(languages.trim() ? { languages: languages.split(/[\s,]+/).filter(Boolean) } : {}),
          ...(organisationId && role !== 'annotator' ? { organisationId } : {}),
        });
      }}>
        <div className="fields">
          <Field label={t.people.login} value={login} onChange={setLogin} hint={t.people.loginHint} isRequired />
          <Field label={t.people.name} value={displayName} onChange={setDisplayName} isRequired />
          <Field label={t.people.region} value={region} onChange={setRegion} hint={t.people.regionHint} />
          <Field label={t.people.languages} value={languages} onChange={setLanguages} hint={t.people.languagesHint} />
          {operator && <Pick label={t.people.role} value={role} onChange={setRole} options={OPERATORS_ROLES.map((each) => [each, t.roles[each] ?? each] as const)} />}
          {operator && role !== 'annotator' && <Pick label={t.people.organisation} value={organisationId} onChange={setOrganisation} options={[['', '–'], ...named]} />}
        </div>
        {provision.isError && <Failure error={provision.error} />}
        {provision.isSuccess && (
          <div className="note" role="status">
            <p>{t.people.made(provision.data.login)}</p>
            <p className="big"><code>{provision.data.oneTimePassword}</code></p>
            <p className="remedy">{t.people.once}</p>
          </div>
        )}
        <Button type="submit" className="button primary" isDisabled={provision.isPending || login.trim() === '' || displayName.trim() === ''}>{t.people.add}</Button>
      </form>
    </section>
  );
}
