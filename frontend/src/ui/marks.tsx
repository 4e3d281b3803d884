import type { InputHTMLAttributes, ReactNode } from "react";
import { useEffect, useRef } from "react";

export type Tone = "neutral" | "blue" | "violet" | "amber" | "red" | "green";

/** A coloured dot with its word: colour never speaks alone. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`st tone-${tone}`}>{children}</span>;
}

export function Tag({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`tag tone-${tone}`}>{children}</span>;
}

const FACES: Tone[] = ["blue", "violet", "amber", "green", "red", "neutral"];

/** The same person has the same colour everywhere. */
export function toneOf(key: string | number | null): Tone {
  let sum = 0;
  for (const char of String(key)) sum = (sum * 31 + char.charCodeAt(0)) % 997;
  return FACES[sum % FACES.length] ?? "neutral";
}

interface FaceProps {
  /** Guests and services have no card, so no number. */
  id: string | number | null;
  initials: string;
  photo?: string | null;
  size?: "s" | "m" | "l" | "xl";
}

/** A photo, or initials on the person's own colour. Decorative: the name stands beside it. */
export function Face({ id, initials, photo, size = "s" }: FaceProps) {
  return (
    <span className={`av ${size} tone-${toneOf(id)}`} aria-hidden>
      {photo ? <img src={photo} alt="" /> : initials}
    </span>
  );
}

interface TickProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "type"> {
  label: string;
  mixed?: boolean;
  round?: boolean;
}

export function Tick({ label, mixed = false, round, ...rest }: TickProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <input
      {...rest}
      ref={box}
      type="checkbox"
      aria-label={label}
      className={round ? "cb rnd" : "cb"}
    />
  );
}

interface SwitchProps {
  on: boolean;
  label: string;
  disabled?: boolean;
  onChange: (on: boolean) => void;
  "data-testid"?: string;
}

export function Switch({ on, label, disabled, onChange, ...rest }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      className="sw"
      disabled={disabled}
      onClick={() => onChange(!on)}
      data-testid={rest["data-testid"]}
    />
  );
}

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; title: string; count?: number }[];
  onChange: (value: T) => void;
}

/** A choice of one among few, all in sight. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  return (
    <div className="seg" role="radiogroup" aria-label={props.label}>
      {props.options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio cannot be drawn as a segment.
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === props.value}
          onClick={() => props.onChange(option.value)}
        >
          {option.title}
          {option.count !== undefined && <em>{option.count}</em>}
        </button>
      ))}
    </div>
  );
}
