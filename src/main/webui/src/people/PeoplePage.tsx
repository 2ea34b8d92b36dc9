import { request } from '../api/http';
import { usePaged } from '../api/paged';
import type { Account } from '../api/types';
import { Confirmed } from '../kit/actions';
import { Listed } from '../kit/states';
import { Table } from '../kit/tables';
import { useText } from '../text/text';
import { ProvisionForm } from './ProvisionForm';

/** Accounts that one's organisation has provisioned (the operator sees all). */
export default function PeoplePage() {
  const t = useText();
  const people = usePaged<Account>('/api/people');
  return (
    <main id="main" className="narrow">
      <h1>{t.people.title}</h1>
      <p className="lead">{t.people.lead}</p>
      <ProvisionForm />
      <Listed of={people} empty={t.people.empty}>
        {(items) => (
          <Table label={t.people.title} head={<tr><th>{t.people.login}</th><th>{t.people.name}</th><th>{t.people.region}</th><th /></tr>}>
            {items.map((person) => (
              <tr key={person.personId}>
                <th scope="row">{person.login}</th>
                <td>{person.displayName}</td>
                <td>{person.region}</td>
                <td className="n">
                  <Confirmed
                    label={t.people.remove} title={t.people.removeTitle(person.displayName)} confirm={t.people.remove} className="button small danger"
                    onConfirm={() => request(`/api/people/${person.personId}`, { method: 'DELETE' })}
                  >
                    <p>{t.people.removeText}</p>
                  </Confirmed>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
    </main>
  );
}
