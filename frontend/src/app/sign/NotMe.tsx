import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { SignFrame } from "./SignFrame";
import "./words";

/** «Это не я» of the letter to the present address: nothing is changed, everybody is signed out. */
export function Screen() {
  const { t } = useTranslation("sign");
  const { token = "" } = useSearch({ strict: false }) as { token?: string };
  const [state, setState] = useState<"ask" | "done" | "late">("ask");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const refuse = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await post("auth/email-change/refuse/", { token }, { anonymous: true });
      setState("done");
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === "link-dead") setState("late");
      else setError(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };

  if (state === "done") {
    return (
      <SignFrame title={t("notMeDone")}>
        <p className="t2" data-testid="not-me-done">
          {t("notMeDoneText")}
        </p>
        {/* A page anew: whoever was signed in here is so no longer. */}
        <a href="/forgot">{t("notMePassword")}</a>
      </SignFrame>
    );
  }
  return (
    <SignFrame title={state === "late" ? t("verifyBroken") : t("notMe")}>
      <p className="t2">{t(state === "late" ? "notMeLate" : "notMeText")}</p>
      {error && (
        <p className="red" role="alert">
          {error}
        </p>
      )}
      {state === "ask" && (
        <Button
          look="danger"
          size="lg"
          wide
          busy={busy}
          onClick={() => void refuse()}
          data-testid="not-me"
        >
          {t("notMeStop")}
        </Button>
      )}
    </SignFrame>
  );
}
