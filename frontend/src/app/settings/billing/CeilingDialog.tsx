import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Meter } from "../../../api/billing";
import { ApiProblem, reasonOf } from "../../../api/problem";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { countText } from "../../../ui/format";
import { say } from "../../../ui/toast";
import { setCeiling } from "./billing";
import { readSum } from "./sums";
import "./words";

/** How much may be spent on one of the meters in a month. */
export function CeilingDialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useTranslation("billing");
  const [text, setText] = useState((meter.ceiling ?? "").replace(/\.00$/, "").replace(".", ","));
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const sum = readSum(text);
  const save = async () => {
    if (sum === undefined) {
      setWrong(t("ceilingWrong"));
      return;
    }
    setBusy(true);
    try {
      await setCeiling(meter.code, sum);
      say(t("ceilingDone"));
      onClose();
    } catch (error) {
      // What was typed stays: a lower sum than what lies there already is named in the sentence.
      setWrong(
        error instanceof ApiProblem ? (error.fields.ceiling ?? error.message) : reasonOf(error),
      );
    } finally {
      setBusy(false);
    }
  };
  const gigabytes =
    sum && meter.month_price ? Math.floor(Number(sum) / Number(meter.month_price)) : 0;
  return (
    <Dialog title={t("ceilingOf", { title: meter.title })} width={440} onClose={onClose}>
      <Form className="stack" onSubmit={() => void save()}>
        <TextField
          label={t("ceilingField")}
          hint={
            meter.is_level
              ? t("ceilingStorageHint", { gb: countText(gigabytes) })
              : `${t("ceilingHint")} ${t("ceilingEmpty")}`
          }
          inputMode="decimal"
          value={text}
          error={wrong}
          onChange={(event) => {
            setText(event.target.value);
            setWrong("");
          }}
          data-testid="ceiling-sum"
        />
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="ceiling-save">
            {t("save")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
