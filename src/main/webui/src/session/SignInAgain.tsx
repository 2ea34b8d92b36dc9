import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { sessionEnded } from '../api/http';
import { Overlay } from '../kit/overlays';
import { useText } from '../text/text';
import { loginHref } from './session';

/**
 * Offers to sign in again when the session is over, here or in another tab, after which it goes by itself. What was typed, and the time that was
 * measured, are kept in the browser and sent afterwards.
 */
export function SignInAgain() {
  const t = useText();
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    const told = () => setEnded(true);
    const resumed = () => setEnded(false);
    sessionEnded.addEventListener('ended', told);
    sessionEnded.addEventListener('resumed', resumed);
    return () => {
      sessionEnded.removeEventListener('ended', told);
      sessionEnded.removeEventListener('resumed', resumed);
    };
  }, []);
  return (
    <Overlay title={t.sessionEnded.title} isOpen={ended} alert onClose={() => setEnded(false)}>
      <p>{t.sessionEnded.text}</p>
      <div className="actions">
        <a className="button primary" href={loginHref()}>{t.signInAgain}</a>
        <Button className="button" onPress={() => setEnded(false)}>{t.stayHere}</Button>
      </div>
    </Overlay>
  );
}
