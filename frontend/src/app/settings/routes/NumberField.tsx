import { TextField } from "../../../ui/field";

interface NumberFieldProps {
  label: string;
  hint?: string;
  value: number | null;
  onChange: (value: number | null) => void;
  testId?: string;
}

const LONGEST = 4;

/** A whole number, or nothing. */
export function NumberField({ label, hint, value, onChange, testId }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      hint={hint}
      inputMode="numeric"
      value={value ?? ""}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, "").slice(0, LONGEST);
        onChange(digits ? Number(digits) : null);
      }}
      data-testid={testId}
    />
  );
}
