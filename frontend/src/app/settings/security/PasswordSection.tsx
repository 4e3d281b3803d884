import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { SESSIONS } from "./sessions";
import "./words";

export function PasswordSection() {
  const { t } = useTranslation("security");
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { busy, errors, run } = useSaving();
  const save = () =>
    run(async () => {
      await post("auth/password/", { current, new: next });
      setCurrent("");
      setNext("");
      say(t("passwordSaved"));
      await cache.invalidateQueries({ queryKey: SESSIONS });
    });
  return (
    <section className="set-sec">
      <h3>{t("password")}</h3>
      <Form
        className="set-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t("passwordNow")}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          error={errors.current}
        />
        <TextField
          label={t("passwordNew")}
          hint={t("passwordHint")}
          type="password"
          autoComplete="new-password"
          required
          value={next}
          onChange={(event) => setNext(event.target.value)}
          error={errors.new ?? errors.password}
        />
        <div>
          <Button type="submit" busy={busy}>
            {t("passwordSave")}
          </Button>
        </div>
      </Form>
    </section>
  );
}
