import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Morpher } from "../../../api/language";
import { sentenceOf } from "../../../api/problem";
import { del, get, put } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Failed, Waiting } from "../../../ui/state";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";

const MORPHER = ["language", "morpher"];

/** A service that knows cases better, by the company's own key; without one the house's dictionaries decline. */
export function MorpherSection() {
  const { t } = useTranslation("language");
  const [key, setKey] = useState("");
  const { busy, errors, run } = useSaving();
  const state = useQuery({
    queryKey: MORPHER,
    queryFn: ({ signal }) => get<Morpher>("language/morpher/", { signal }),
  });
  const connect = () =>
    run(async () => {
      cache.setQueryData(MORPHER, await put<Morpher>("language/morpher/", { key: key.trim() }));
      setKey("");
      say(t("morpherConnected"));
    });
  const disconnect = () =>
    run(async () => {
      await del("language/morpher/");
      await cache.invalidateQueries({ queryKey: MORPHER });
      say(t("morpherLeft"));
    });
  return (
    <section className="set-sec" aria-label={t("morpher")} data-testid="morpher">
      <h3>{t("morpher")}</h3>
      <p className="hint lang-note">{t("morpherNote")}</p>
      {state.isPending && <Waiting rows={1} />}
      {state.isError && (
        <Failed text={sentenceOf(state.error)} onRetry={() => void state.refetch()} />
      )}
      {state.data?.is_on && (
        <>
          <p data-testid="morpher-on">{t("morpherOn")}</p>
          {state.data.error && (
            <p role="alert" className="fld-msg err">
              {state.data.error}
            </p>
          )}
          <Button busy={busy} onClick={() => void disconnect()} data-testid="morpher-off">
            {t("morpherOff")}
          </Button>
        </>
      )}
      {state.data && !state.data.is_on && (
        <Form
          className="set-form"
          onSubmit={(event) => {
            event.preventDefault();
            void connect();
          }}
        >
          <TextField
            label={t("morpherKey")}
            hint={t("morpherKeyHint")}
            required
            maxLength={100}
            spellCheck={false}
            autoComplete="off"
            value={key}
            error={errors.key}
            onChange={(event) => setKey(event.target.value)}
            data-testid="morpher-key"
          />
          <div>
            <Button type="submit" busy={busy} data-testid="morpher-connect">
              {t("morpherConnect")}
            </Button>
          </div>
        </Form>
      )}
    </section>
  );
}
