import { useTranslation } from "react-i18next";
import type { Recurrence } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { TextField } from "../../ui/field";
import { PersonInput } from "../people/PersonInput";
import type { RegularWords, WorkDraft, WorkField } from "./work";
import "./words";

interface WorkPartProps {
  draft: WorkDraft;
  kept: Recurrence;
  words?: RegularWords | undefined;
  told: (field: WorkField) => string | undefined;
  onChange: (change: Partial<WorkDraft>) => void;
}

/** What is to be done about the card each time, by whom, and how long there is for it. */
export function WorkPart({ draft, kept, words, told, onChange }: WorkPartProps) {
  const { t } = useTranslation("recurrence");
  const name = kept.usual?.name;
  const usual =
    name || kept.usual_hidden
      ? (words?.usual(name) ?? t("answersUsual", { name: name ?? t("answersHidden") }))
      : t("answersYou");
  const error = told("answers");
  return (
    <div className="stack rec-work">
      <TextField
        label={t("work")}
        placeholder={words?.example}
        hint={t("workNote")}
        error={told("title")}
        maxLength={200}
        value={draft.title}
        onChange={(event) => onChange({ title: event.target.value })}
        data-autofocus
        data-testid="plan-work"
      />
      <div className="rec-two">
        <div>
          <span className="lbl">{t("answers")}</span>
          <div className="row">
            <div className="grow">
              <PersonInput
                label={t("answers")}
                value={draft.answers}
                onPick={(answers) => onChange({ answers })}
                data-testid="plan-answers"
              />
            </div>
            {draft.answers && (
              <IconButton
                icon="x"
                label={t("answersClear")}
                onClick={() => onChange({ answers: null })}
              />
            )}
          </div>
          <div className={`fld-msg ${error ? "err" : ""}`} role={error ? "alert" : undefined}>
            {error ?? (draft.answers ? "" : usual)}
          </div>
        </div>
        <TextField
          label={t("dueIn")}
          inputMode="numeric"
          hint={t("dueInNote")}
          error={told("dueIn")}
          value={draft.dueIn}
          onChange={(event) => onChange({ dueIn: event.target.value })}
          data-testid="plan-due-in"
        />
      </div>
    </div>
  );
}
