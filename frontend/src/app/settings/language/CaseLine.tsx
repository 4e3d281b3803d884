import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WordCase } from "../../../api/language";
import { post } from "../../../api/request";
import { Button } from "../../../ui/button";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { refreshWords } from "./wordings";

const NOMINATIVE = "именительный";

/** One case: the form that papers print, to be written over by a better one. */
export function CaseLine({ phrase, one }: { phrase: string; one: WordCase }) {
  const { t } = useTranslation("language");
  const [form, setForm] = useState(one.form);
  const { busy, errors, run } = useSaving();
  const changed = form.trim() !== one.form;
  const label = t("formOf", { case: one.case });
  const keep = () =>
    run(async () => {
      await post("language/wordings/", { phrase, case: one.case, form: form.trim() });
      say(t("kept"));
      await refreshWords();
    });
  return (
    <li className="lang-case">
      <span className="t2">{one.case}</span>
      {one.case === NOMINATIVE ? (
        <span data-testid={`lang-${one.case}`}>{one.form}</span>
      ) : (
        <Form
          className="row lang-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (changed && form.trim()) void keep();
          }}
        >
          <input
            className="inp"
            aria-label={label}
            aria-invalid={Boolean(errors.form)}
            value={form}
            maxLength={300}
            onChange={(event) => setForm(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && setForm(one.form)}
            data-testid={`lang-${one.case}`}
          />
          {changed ? (
            <Button type="submit" busy={busy} disabled={!form.trim()} data-testid="lang-keep">
              {t("keep")}
            </Button>
          ) : (
            one.is_put_right && <span className="f12 t3">{t("isPutRight")}</span>
          )}
        </Form>
      )}
      {(errors.form || errors.phrase) && (
        <span role="alert" className="fld-msg err">
          {errors.form ?? errors.phrase}
        </span>
      )}
    </li>
  );
}
