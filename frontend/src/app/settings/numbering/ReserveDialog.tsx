import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NumberedKind, ReservedNumber } from "../../../api/numbers";
import { get, post } from "../../../api/request";
import { isDay } from "../../../core/forms/clock";
import { DayInput } from "../../../core/forms/DayInput";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import "./words";

interface ReserveDialogProps {
  onClose: () => void;
  onKept: () => unknown;
}

/** What to keep, how many and until when; a number for a day gone by stands under the last one of that day. */
export function ReserveDialog({ onClose, onKept }: ReserveDialogProps) {
  const { t } = useTranslation("numbering");
  const { t: ui } = useTranslation("ui");
  const kinds = useQuery({
    queryKey: ["reserved-numbers", "kinds"],
    queryFn: async () =>
      (await get<{ results: NumberedKind[] }>("reserved-numbers/kinds/")).results,
  });
  const [picked, setPicked] = useState("");
  const [count, setCount] = useState("1");
  const [until, setUntil] = useState("");
  const [type, setType] = useState("");
  const [past, setPast] = useState("");
  const [purpose, setPurpose] = useState("");
  const { busy, errors, fail, run } = useSaving();
  const kind = picked || kinds.data?.[0]?.kind || "";
  const types = kinds.data?.find((one) => one.kind === kind)?.types ?? [];

  const keep = async () => {
    if (!isDay(until)) return fail({ until: t("needUntil") });
    if (past && !isDay(past)) return fail({ back_dated: t("wrongDay") });
    const done = await run(async () => {
      const body = {
        kind,
        count: Number(count) || 0,
        until,
        purpose: purpose.trim(),
        card_type: type,
        back_dated: past || null,
      };
      const made = await post<{ results: ReservedNumber[] }>("reserved-numbers/", body);
      const numbers = made.results.map((row) => row.number).join(", ");
      say(t("kept", { count: made.results.length, numbers }));
    });
    if (!done) return;
    onClose();
    await onKept();
  };

  return (
    <Dialog title={t("reserveTitle")} width={420} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <Field label={t("kind")} error={errors.kind}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={kind}
              onChange={(event) => {
                setPicked(event.target.value);
                setType("");
              }}
              data-testid="reserve-kind"
            >
              {kinds.data?.map((one) => (
                <option key={one.kind} value={one.kind}>
                  {one.title}
                </option>
              ))}
            </select>
          )}
        </Field>
        {types.length > 0 && (
          <Field label={t("cardType")} error={errors.card_type}>
            {(aria) => (
              <select
                {...aria}
                className="inp"
                value={type}
                onChange={(event) => setType(event.target.value)}
                data-testid="reserve-type"
              >
                {types.map((one) => (
                  <option key={one.code} value={one.code}>
                    {one.title}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <TextField
          label={t("count")}
          inputMode="numeric"
          value={count}
          onChange={(event) => setCount(event.target.value.replace(/\D/g, "").slice(0, 3))}
          error={errors.count}
          data-testid="reserve-count"
        />
        <DayInput
          label={t("until")}
          value={until}
          error={errors.until}
          onChange={(day) => {
            setUntil(day);
            fail({});
          }}
          data-testid="reserve-until"
        />
        <DayInput
          label={t("backDated")}
          past
          value={past}
          hint={t("backDatedHint")}
          error={errors.back_dated}
          onChange={(day) => {
            setPast(day);
            fail({});
          }}
          data-testid="reserve-past"
        />
        <TextField
          label={t("purpose")}
          hint={t("purposeHint")}
          maxLength={200}
          value={purpose}
          onChange={(event) => setPurpose(event.target.value)}
          error={errors.purpose}
          data-testid="reserve-purpose"
        />
        <div className="row">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={!kind}
            data-testid="reserve-submit"
          >
            {t("reserve")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
