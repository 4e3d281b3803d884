import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import type { SignUpSent } from "../../api/public";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { TERMS_OF } from "./papers";
import { SlugField } from "./SlugField";
import { useSlug } from "./slug";
import "./words";

/** The form as it was filled; the password is never kept. */
export interface Filled {
  email: string;
  company: string;
  slug: string;
  name: string;
}

/** What the next step needs to know. */
export interface Started {
  email: string;
  expiresIn: number;
  /** Which form was sent from here: a code of another one opens nothing. */
  signUp: string;
  filled: Filled;
}

interface SignUpFormProps {
  /** Whoever comes back from the code finds the form as it was left. */
  filled: Filled | null;
  onStarted: (started: Started) => void;
}

const INN = /^(\d{10}|\d{12})$/;

/** Five fields; a company may name itself by its INN. */
export function SignUpForm({ filled, onStarted }: SignUpFormProps) {
  const { t } = useTranslation("public");
  const [email, setEmail] = useState(filled?.email ?? "");
  const [company, setCompany] = useState(filled?.company ?? "");
  const [name, setName] = useState(filled?.name ?? "");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const slug = useSlug(company, filled?.slug);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    const called = company.trim();
    const body = {
      email: email.trim(),
      company: called,
      slug: slug.slug,
      full_name: name.trim(),
      password,
      terms: TERMS_OF,
      ...(INN.test(called) ? { inn: called } : {}),
    };
    try {
      const answer = await post<SignUpSent>("signup/", body, {
        anonymous: true,
      });
      onStarted({
        email: answer.email,
        expiresIn: answer.expires_in,
        signUp: answer.sign_up,
        filled: { email, company, slug: slug.slug, name },
      });
    } catch (problem) {
      const fields = problem instanceof ApiProblem ? problem.fields : {};
      setErrors(Object.keys(fields).length > 0 ? fields : { "": sentenceOf(problem) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="stack" onSubmit={submit} noValidate>
      <div>
        <h2 className="form-t">{t("formTitle")}</h2>
        <p className="t2 f13">{t("formText")}</p>
      </div>
      <TextField
        large
        label={t("email")}
        placeholder={t("emailExample")}
        type="email"
        autoComplete="email"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={errors.email}
        data-testid="signup-email"
      />
      <TextField
        large
        label={t("company")}
        placeholder={t("companyExample")}
        autoComplete="organization"
        required
        value={company}
        onChange={(event) => setCompany(event.target.value)}
        error={errors.company ?? errors.inn}
        data-testid="signup-company"
      />
      <SlugField
        slug={slug.slug}
        free={slug.free}
        note={slug.note}
        error={errors.slug}
        onWrite={slug.write}
      />
      <TextField
        large
        label={t("name")}
        placeholder={t("nameExample")}
        autoComplete="name"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors.full_name}
        data-testid="signup-name"
      />
      <TextField
        large
        label={t("password")}
        hint={t("passwordHint")}
        type="password"
        autoComplete="new-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={errors.password}
        data-testid="signup-password"
      />
      {errors[""] && (
        <p className="fld-msg err" role="alert">
          {errors[""]}
        </p>
      )}
      <p className="t3 f12" data-testid="signup-agree">
        {t("agree")}{" "}
        <a className="link" href="/terms" target="_blank" rel="noreferrer">
          {t("agreeTerms")}
        </a>{" "}
        {t("agreeAnd")}{" "}
        <a className="link" href="/privacy" target="_blank" rel="noreferrer">
          {t("agreePrivacy")}
        </a>
      </p>
      <Button look="primary" size="lg" wide type="submit" busy={busy} data-testid="signup-submit">
        {t("submit")}
      </Button>
    </form>
  );
}
