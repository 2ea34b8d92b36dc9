import { useText } from '../text/text';
import { loginHref } from './session';

export function Landing() {
  const t = useText();
  return (
    <main id="main" className="landing">
      <p className="circuit-line" aria-hidden="true">M – C … P … C′ – M′</p>
      <h1>{t.landing.title}</h1>
      <p className="lead">{t.landing.lead}</p>
      <p><a className="button primary large" href={loginHref()}>{t.signIn}</a></p>
      <dl className="landing-points">
        {t.landing.points.map(([title, text]) => (
          <div key={title}><dt>{title}</dt><dd>{text}</dd></div>
        ))}
      </dl>
    </main>
  );
}
