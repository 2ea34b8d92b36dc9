import { useState } from 'react';
import { postOnce } from '../api/http';
import { minorOf } from '../format/money';
import { Booking } from '../kit/booking';
import { Field, Pick } from '../kit/fields';
import { useFormat, useText } from '../text/text';

const NATURES = ['produced', 'rent', 'tax', 'fee'];

/** M - C: means of production bought off the platform, such as compute, to be used up in runs. */
export function MeansForm({ currency }: { currency: string }) {
  const t = useText();
  const { money } = useFormat();
  const [means, setMeans] = useState('compute');
  const [amount, setAmount] = useState('');
  const [character, setCharacter] = useState('produced');
  const [sector, setSector] = useState('J63');
  const [country, setCountry] = useState('');
  const amountMinor = minorOf(amount, currency);
  const named = /^[a-z][a-z0-9-]{0,39}$/.test(means);
  const located = /^[A-Z]{2}$/.test(country);
  const typed = named && amountMinor && located && sector.trim() !== '' ? { means, currency, amountMinor, character, sector: sector.trim(), country } : null;
  return (
    <Booking
      label={t.models.means.buy} booked={t.models.means.bought} fields={['means', 'amountMinor', 'sector', 'country']} typed={typed}
      send={(body, key) => postOnce('/api/organisations/mine/means', key, body)}
      onBooked={() => setAmount('')}
      summary={<p>{typed && t.models.means.summary(money(typed.amountMinor, currency), means)}</p>}
    >
      {(fault, tried) => (
        <>
          <p className="muted">{t.models.means.text}</p>
          <div className="fields">
            <Field label={t.models.means.kind} hint={t.models.means.kindHint} value={means} onChange={setMeans} error={(tried && !named && t.models.faults.means) || fault('means')} />
            <Field label={t.models.means.amount(currency)} value={amount} onChange={setAmount} inputMode="decimal" error={(tried && !amountMinor && t.newProject.faults.amount) || fault('amountMinor')} />
            <Pick label={t.models.means.character} value={character} onChange={setCharacter} options={NATURES.map((each) => [each, t.models.means.characters[each] ?? each] as const)} />
            <Field label={t.models.means.sector} hint={t.models.means.sectorHint} value={sector} onChange={setSector} error={(tried && sector.trim() === '' && t.newProject.faults.needed) || fault('sector')} />
            <Field label={t.models.means.country} hint={t.people.regionHint} value={country} onChange={(value) => setCountry(value.toUpperCase())} error={(tried && !located && t.models.faults.country) || fault('country')} />
          </div>
        </>
      )}
    </Booking>
  );
}
