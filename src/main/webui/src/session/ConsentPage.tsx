import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { post } from '../api/http';
import { useChange } from '../kit/actions';
import { Prose } from '../kit/content';
import { Failure } from '../kit/states';
import { useText } from '../text/text';
import { useMe } from './session';

/** What is measured, why, who sees it and for how long; nothing is observed before a yes. */
export function ConsentPage() {
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const decide = useChange(
    (decision: 'agreed' | 'declined') => post('/api/me/consent', { version: me.consent?.version, decision }).then(() => decision),
    (decision) => {
      // The pages of work look at this before the list of everything is read anew.
      client.setQueryData(['/api/me'], { ...me, consent: { ...me.consent, decision } });
      void navigate(decision === 'agreed' ? '/tasks' : '/pay');
    },
  );
  const decided = me.consent?.decision;
  return (
    <main id="main" className="narrow">
      <h1>{t.consent.title}</h1>
      <p className="lead">{t.consent.lead}</p>
      <dl className="consent">
        {t.consent.points.map(([title, text]) => (
          <div key={title}><dt>{title}</dt><dd>{text}</dd></div>
        ))}
      </dl>
      {me.consent?.text && (
        <details className="box">
          <summary>{t.consent.fullText(me.consent.version)}</summary>
          <Prose text={me.consent.text} wrapped />
        </details>
      )}
      {decided && <p className="note" role="status">{decided === 'agreed' ? t.consent.youAgreed : t.consent.youDeclined}</p>}
      {decide.isError && <Failure error={decide.error} />}
      <div className="actions">
        <Button className="button primary large" isDisabled={decide.isPending} onPress={() => decide.mutate('agreed')}>{t.consent.agree}</Button>
        <Button className="button large" isDisabled={decide.isPending} onPress={() => decide.mutate('declined')}>{t.consent.decline}</Button>
      </div>
      <p className="muted">{t.consent.afterDeclining}</p>
    </main>
  );
}
