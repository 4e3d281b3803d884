import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlanVersion } from "../../api/console";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { say } from "../../ui/toast";
import { useSaving } from "../settings/saving";
import { refresh } from "./data";
import "./console.css";
import "./words";

const GB = 1024 ** 3;
const NAMES = [
  "month_price",
  "year_price",
  "seats_included",
  "seat_month_price",
  "seat_year_price",
] as const;
type Name = (typeof NAMES)[number];
const TITLES = {
  month_price: "monthPrice",
  year_price: "yearPrice",
  seats_included: "seats",
  seat_month_price: "seatMonth",
  seat_year_price: "seatYear",
} as const;

const orNothing = (text: string) => (text.trim() === "" ? null : text.trim().replace(",", "."));

/** The next version begins as the last one stands. */
export function PlanDialog({ last, onClose }: { last: PlanVersion; onClose: () => void }) {
  const { t } = useTranslation("console");
  const [values, setValues] = useState<Record<Name, string>>(() => ({
    month_price: last.month_price,
    year_price: last.year_price,
    seats_included: last.seats_included === null ? "" : String(last.seats_included),
    seat_month_price: last.seat_month_price ?? "",
    seat_year_price: last.seat_year_price ?? "",
  }));
  const [storage, setStorage] = useState(
    last.storage_bytes === null ? "" : String(last.storage_bytes / GB),
  );
  const [since, setSince] = useState("");
  const [reason, setReason] = useState("");
  const { busy, errors, run } = useSaving();
  const submit = async () => {
    const told = Object.fromEntries(NAMES.map((name) => [name, orNothing(values[name])]));
    const seats = told.seats_included;
    const gigabytes = orNothing(storage);
    const body = {
      ...told,
      seats_included: seats ? Number(seats) : null,
      storage_bytes: gigabytes === null ? null : Math.round(Number(gigabytes) * GB),
      modules: last.modules,
      valid_from: since,
      reason,
    };
    if (!(await run(() => post(`plans/${last.code}/versions/`, body)))) return;
    say(t("done"));
    onClose();
    await refresh();
  };
  return (
    <Dialog
      title={`${t("versionNew")}: ${last.title}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="version" busy={busy} data-testid="version-do">
            {t("create")}
          </Button>
        </>
      }
    >
      <Form id="version" className="stack" onSubmit={() => void submit()}>
        <TextField
          label={t("validFrom")}
          type="date"
          required
          value={since}
          onChange={(event) => setSince(event.target.value)}
          error={errors.valid_from}
          data-testid="version-since"
        />
        <div className="con-pair">
          {NAMES.map((name) => (
            <TextField
              key={name}
              label={t(TITLES[name])}
              inputMode="decimal"
              required={name === "month_price" || name === "year_price"}
              hint={
                name === "seats_included"
                  ? t("noLimitHint")
                  : name.startsWith("seat_")
                    ? t("noSeatHint")
                    : undefined
              }
              value={values[name]}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
              error={errors[name]}
              data-testid={`version-${name}`}
            />
          ))}
          <TextField
            label={t("storageGb")}
            inputMode="decimal"
            hint={t("noLimitHint")}
            value={storage}
            onChange={(event) => setStorage(event.target.value)}
            error={errors.storage_bytes}
          />
        </div>
        <TextField
          label={t("reason")}
          hint={t("reasonHint")}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={errors.reason}
          data-testid="version-reason"
        />
      </Form>
    </Dialog>
  );
}
