import { useId, type ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: string | null;
  lines?: number;
  isRequired?: boolean;
  inputMode?: 'text' | 'decimal' | 'numeric';
  type?: string;
  autoFocus?: boolean;
}

export function Field({ label, hint, error, lines, inputMode, ...rest }: FieldProps) {
  return (
    <TextField className="field" isInvalid={Boolean(error)} {...rest}>
      <Label>{label}</Label>
      {hint && <Text slot="description" className="hint">{hint}</Text>}
      {lines ? <TextArea rows={lines} /> : <Input inputMode={inputMode} />}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}

interface PickProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly (readonly [value: string, label: string])[];
  hint?: string;
}

/** The platform's own list box: the best one on a phone, and complete by keyboard. */
export function Pick({ label, value, onChange, options, hint }: PickProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && <span className="hint" id={`${id}-hint`}>{hint}</span>}
      <select id={id} value={value} aria-describedby={hint ? `${id}-hint` : undefined} onChange={(event) => onChange(event.target.value)}>
        {options.map(([each, text]) => <option key={each} value={each}>{text}</option>)}
      </select>
    </div>
  );
}
