import type { InputHTMLAttributes, ReactNode, Ref, TextareaHTMLAttributes } from "react";
import { useId } from "react";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  ok?: ReactNode;
  children: (aria: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": boolean;
  }) => ReactNode;
}

/** A label above, the control, and one line below: an error beats a hint. */
export function Field({ label, hint, error, ok, children }: FieldProps) {
  const id = useId();
  const note = error ?? ok ?? hint;
  const tone = error ? "err" : ok ? "ok" : "";
  return (
    <div>
      <label className="lbl" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": note ? `${id}-note` : undefined,
        "aria-invalid": Boolean(error),
      })}
      {note && (
        <div id={`${id}-note`} className={`fld-msg ${tone}`} role={error ? "alert" : undefined}>
          {note}
        </div>
      )}
    </div>
  );
}

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  ok?: ReactNode;
  large?: boolean;
  ref?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error, ok, large, ...rest } = props;
  return (
    <Field label={label} hint={hint} error={error} ok={ok}>
      {(aria) => <input {...rest} {...aria} className={large ? "inp lg" : "inp"} />}
    </Field>
  );
}

interface TextAreaFieldProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

export function TextAreaField(props: TextAreaFieldProps) {
  const { label, hint, error, ...rest } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(aria) => <textarea {...rest} {...aria} className="inp" />}
    </Field>
  );
}
