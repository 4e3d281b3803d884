import type { FormEvent, FormHTMLAttributes } from "react";

type FormProps = Omit<FormHTMLAttributes<HTMLFormElement>, "noValidate" | "onSubmit"> & {
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown;
};

/** A form that is sent when its fields hold what they must; otherwise each says so itself, in the words of the house. */
export function Form({ onSubmit, ...rest }: FormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (form.checkValidity()) onSubmit(event);
    else
      form.querySelector<HTMLElement>("input:invalid, textarea:invalid, select:invalid")?.focus();
  };
  return <form {...rest} noValidate onSubmit={submit} />;
}
