import { useText } from '../text/text';
import type { Answer, Content, Form } from '../api/types';

/** An item as its requester gave it: its text where there is only one, else each column under its name. */
export function ItemContent({ content }: { content: Content | string | null | undefined }) {
  const t = useText();
  if (typeof content === 'string') return <p className="item-text">{content}</p>;
  const columns = Object.entries(content ?? {}).filter(([, value]) => value !== null && value !== '');
  if (columns.length === 0) return <p className="muted">{t.item.empty}</p>;
  if (columns.length === 1) return <Value value={columns[0]![1]} large />;
  return (
    <dl className="item-columns">
      {columns.map(([name, value]) => (
        <div key={name}>
          <dt>{readable(name)}</dt>
          <dd><Value value={value} large={typeof value === 'string' && value.length > 24} /></dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value, large = false }: { value: unknown; large?: boolean }) {
  const t = useText();
  if (typeof value === 'string') {
    if (/^data:image\/(png|jpeg|gif|webp);base64,/.test(value)) return <img className="item-image" src={value} alt={t.item.image} />;
    if (/^https?:\/\/\S+$/i.test(value)) return <a href={value} target="_blank" rel="noreferrer noopener">{value}</a>;
    return <p className={large ? 'item-text' : 'item-value'} dir="auto">{value}</p>;
  }
  if (Array.isArray(value)) return <ul className="item-list">{value.map((each, at) => <li key={at}><Value value={each} /></li>)}</ul>;
  if (typeof value === 'object' && value !== null) return <ItemContent content={value as Content} />;
  return <p className="item-value">{String(value)}</p>;
}

/** `premise_text` and `premiseText` to "premise text". */
function readable(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').trim();
}

/** An answer in the form's own words. */
export function answerText(form: Form | undefined, answer: Answer | string | null | undefined): string {
  if (answer === null || answer === undefined) return '–';
  const titles = (value: string, question?: string) =>
    form?.questions.find((each) => question === undefined || each.name === question)?.choices
      .find((choice) => choice.value === value)?.title ?? value;
  if (typeof answer === 'string') return titles(answer);
  const answers = Object.entries(answer);
  if (answers.length === 1) return titles(String(answers[0]![1]), answers[0]![0]);
  return answers.map(([question, value]) => `${question}: ${titles(String(value), question)}`).join(' · ');
}

/**
 * Text of several paragraphs. Blank lines part them, single breaks are kept unless they only wrap the lines; lines that begin with `- ` are a list,
 * and **two stars** make words strong, as people write them anyway.
 */
export function Prose({ text, wrapped = false }: { text: string; wrapped?: boolean }) {
  return (
    <div className={wrapped ? 'prose wrapped' : 'prose'}>
      {text.split(/\n\s*\n/).map((paragraph, at) => {
        const lines = paragraph.split('\n').filter((line) => line.trim() !== '');
        return lines.length > 0 && lines.every((line) => LIST_LINE.test(line))
          ? <ul key={at}>{lines.map((line, index) => <li key={index}><Strong text={line.replace(LIST_LINE, '')} /></li>)}</ul>
          : <p key={at}><Strong text={paragraph} /></p>;
      })}
    </div>
  );
}

const LIST_LINE = /^\s*[-*•]\s+/;

function Strong({ text }: { text: string }) {
  return <>{text.split(/\*\*(.+?)\*\*/).map((part, at) => (at % 2 === 1 ? <strong key={at}>{part}</strong> : part))}</>;
}
