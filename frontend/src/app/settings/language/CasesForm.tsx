import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WordCases } from "../../../api/language";
import { sentenceOf } from "../../../api/problem";
import { get } from "../../../api/request";
import { useSettled } from "../../../core/people/people";
import { TextField } from "../../../ui/field";
import { Failed, Waiting } from "../../../ui/state";
import { CaseLine } from "./CaseLine";
import { CASES } from "./wordings";

const LONGEST = 300;

/** A phrase and how it reads in every case; what reads wrong is written over where it stands. */
export function CasesForm() {
  const { t } = useTranslation("language");
  const [phrase, setPhrase] = useState("");
  const text = useSettled(phrase.trim().replace(/\s+/g, " "));
  const cases = useQuery({
    queryKey: [...CASES, text],
    enabled: text !== "",
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<WordCases>("language/cases/", { query: { text }, signal }),
  });
  return (
    <section className="set-sec" aria-label={t("try")}>
      <div className="lang-phrase">
        <TextField
          label={t("phrase")}
          hint={t("phraseHint")}
          maxLength={LONGEST}
          value={phrase}
          onChange={(event) => setPhrase(event.target.value)}
          data-testid="lang-phrase"
        />
      </div>
      {text !== "" && cases.isPending && <Waiting rows={5} />}
      {text !== "" && cases.isError && (
        <Failed text={sentenceOf(cases.error)} onRetry={() => void cases.refetch()} />
      )}
      {text !== "" && cases.data && (
        <ul className="lang-cases" data-testid="lang-cases">
          {cases.data.results.map((one) => (
            <CaseLine key={`${text}-${one.case}-${one.form}`} phrase={text} one={one} />
          ))}
        </ul>
      )}
    </section>
  );
}
