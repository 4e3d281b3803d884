import { useState } from "react";
import { clockOf } from "./clock";

interface ClockInputProps {
  label: string;
  /** «09:00», or what was typed and says no time. */
  value: string;
  wrong?: boolean;
  className?: string;
  onChange: (value: string) => void;
  "data-testid"?: string;
}

/** A time of the day, typed as people write it; the browser's own field speaks the browser's language. */
export function ClockInput({ label, value, wrong, className, onChange, ...rest }: ClockInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      className={`inp ${className ?? ""}`}
      inputMode="numeric"
      autoComplete="off"
      placeholder="09:00"
      aria-label={label}
      aria-invalid={wrong}
      value={typed ?? value}
      onFocus={(event) => {
        setTyped(value);
        event.target.select();
      }}
      onBlur={() => setTyped(null)}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(clockOf(target.value) ?? target.value);
      }}
      data-testid={rest["data-testid"]}
    />
  );
}
