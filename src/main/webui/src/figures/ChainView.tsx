import { Link } from 'react-router';
import type { ChainLink, Figure } from '../api/types';
import { useText } from '../text/text';
import { figureLabel } from './figure';
import { FigureValue } from './FigureValue';

const ORDER = ['model', 'month', 'run', 'licence', 'version', 'dataset', 'project', 'annotator'];

interface Props {
  chain: ChainLink[];
  currency: string;
  onOpen: (figure: Figure) => void;
}

/** From the model down to the people whose hours are in it, level by level. */
export function ChainView({ chain, currency, onOpen }: Props) {
  const t = useText();
  const names = new Map(chain.map((link) => [link.id, link.name]));
  const kinds = [...new Set(chain.map((link) => link.kind))].sort((one, other) => place(one) - place(other));
  return (
    <ol className="chain">
      {kinds.map((kind) => {
        const links = chain.filter((link) => link.kind === kind);
        const many = links.length > 6;
        const list = (
          <ul>
            {links.map((link) => <LinkRow key={link.id} link={link} names={names} currency={currency} onOpen={onOpen} />)}
          </ul>
        );
        const title = `${t.circuit.kinds[kind] ?? kind} (${links.length})`;
        return (
          <li key={kind} className={`chain-level ${kind}`}>
            {many ? <details><summary><h3>{title}</h3></summary>{list}</details> : <><h3>{title}</h3>{list}</>}
          </li>
        );
      })}
    </ol>
  );
}

function LinkRow({ link, names, currency, onOpen }: { link: ChainLink; names: Map<string, string> } & Omit<Props, 'chain'>) {
  const t = useText();
  const parents = (link.parents ?? []).map((id) => names.get(id)).filter((name) => name !== undefined);
  return (
    <li className="chain-link">
      <p className="chain-name">
        {link.href ? <Link to={link.href}>{link.name}</Link> : <span className={link.kind === 'annotator' ? 'pseudonym' : undefined}>{link.name}</span>}
        {parents.length > 0 && <small>{t.circuit.usedIn(parents.join(', '))}</small>}
      </p>
      <dl>
        {(link.figures ?? []).map((figure) => (
          <div key={figure.key}>
            <dt>{figureLabel(figure, t)}</dt>
            <dd><FigureValue figure={figure} currency={currency} onOpen={onOpen} /></dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function place(kind: string): number {
  const at = ORDER.indexOf(kind);
  return at < 0 ? ORDER.length : at;
}
