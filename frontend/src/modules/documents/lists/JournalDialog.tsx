import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { keyOf } from "../../../core/displays/days";
import { isDay } from "../../../core/forms/clock";
import { DayInput } from "../../../core/forms/DayInput";
import { openPaper } from "../../../core/prints/papers";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { typeWord } from "../document";
import { useDocumentTypes } from "../reads";
import "../words";

const ALL = "*";

const monthAgo = (): string => {
  const now = new Date();
  return keyOf(new Date(now.getFullYear(), now.getMonth(), 1));
};

/** The journal of registration on paper: which days, and of which type. */
export function JournalDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("documents");
  const { t: ui } = useTranslation("ui");
  const types = useDocumentTypes().data ?? [];
  const [since, setSince] = useState(monthAgo);
  const [until, setUntil] = useState(() => keyOf(new Date()));
  const [type, setType] = useState(ALL);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  const print = async () => {
    const wrong: Record<string, string> = {};
    if (!isDay(since)) wrong.since = t("needDay");
    if (!isDay(until)) wrong.until = t("needDay");
    else if (isDay(since) && until < since) wrong.until = t("daysTurned");
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      const kind: Record<string, string> =
        type === ALL ? {} : { card_type: type === typeWord("") ? "" : type };
      await openPaper("documents/journal/", { since, until, ...kind });
      onClose();
    } catch (problem) {
      const fields = problem instanceof ApiProblem ? problem.fields : {};
      setErrors(Object.keys(fields).length > 0 ? fields : { until: sentenceOf(problem) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("journal")} width={460} onClose={onClose}>
      <Form className="stack" onSubmit={() => void print()}>
        <p className="t2 f13">{t("journalText")}</p>
        <div className="doc-two">
          <DayInput
            label={t("since")}
            value={since}
            past
            error={errors.since}
            onChange={setSince}
            data-testid="journal-since"
          />
          <DayInput
            label={t("until")}
            value={until}
            past
            error={errors.until}
            onChange={setUntil}
            data-testid="journal-until"
          />
        </div>
        <Field label={t("type")} error={errors.card_type}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={type}
              onChange={(event) => setType(event.target.value)}
              data-testid="journal-type"
            >
              <option value={ALL}>{t("allTypes")}</option>
              {types.map((one) => (
                <option key={one.code} value={typeWord(one.code)}>
                  {one.title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className="row">
          <Button
            look="primary"
            icon="printer"
            type="submit"
            busy={busy}
            data-testid="journal-print"
          >
            {t("print")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
