import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ServerLicence } from "../../../api/licence";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { put } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { refreshMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { TextAreaField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { LICENCE } from "./licence";
import "../settings.css";
import "./words";

// A licence is a few hundred bytes; the server reads no more than this.
const MOST_BYTES = 20_000;

/** The next licence, from a file or pasted; a refusal stands beside it and the former one goes on. */
export function PutLicence({ hasKey }: { hasKey: boolean }) {
  const { t } = useTranslation("licence");
  const input = useRef<HTMLInputElement>(null);
  const [content, setContent] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const choose = async (file: File) => {
    if (file.size > MOST_BYTES) return setRefusal(t("fileHeavy"));
    setRefusal(undefined);
    setContent(await file.text());
  };
  const send = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const fresh = await put<ServerLicence>("company/licence/", { content });
      cache.setQueryData(LICENCE, fresh);
      setContent("");
      say(t("done", { number: fresh.licence?.number ?? "" }));
      // The banner over every page, and what may be changed, follow from it.
      await refreshMe();
    } catch (error) {
      const told = error instanceof ApiProblem ? error.fields.content : undefined;
      setRefusal(told ?? sentenceOf(error));
    }
    setBusy(false);
  };
  return (
    <section className="set-sec">
      <h3>{t("put")}</h3>
      {hasKey ? (
        <Form
          className="set-form"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <p className="t2">{t("putText")}</p>
          <div>
            <Button
              icon="upload"
              onClick={() => input.current?.click()}
              data-testid="licence-choose"
            >
              {t("file")}
            </Button>
            <input
              ref={input}
              type="file"
              accept=".json,application/json,text/plain"
              className="vh"
              tabIndex={-1}
              aria-label={t("fileLabel")}
              data-testid="licence-input"
              onChange={(event) => {
                const file = event.target.files?.[0];
                // The same file may be chosen once more.
                event.target.value = "";
                if (file) void choose(file);
              }}
            />
          </div>
          <TextAreaField
            label={t("content")}
            rows={5}
            required
            spellCheck={false}
            value={content}
            error={refusal}
            onChange={(event) => {
              setContent(event.target.value);
              setRefusal(undefined);
            }}
            data-testid="licence-content"
          />
          <div>
            <Button look="primary" type="submit" busy={busy} data-testid="licence-put">
              {t("put")}
            </Button>
          </div>
        </Form>
      ) : (
        <p className="notice">{t("noKey")}</p>
      )}
    </section>
  );
}
