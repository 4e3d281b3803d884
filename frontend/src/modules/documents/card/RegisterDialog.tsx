import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../../../api/contract";
import type { ReservedNumber } from "../../../api/numbers";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { get, post } from "../../../api/request";
import { keyOf, plusDays } from "../../../core/displays/days";
import { settle } from "../../../core/entities/card";
import { keys, refOf } from "../../../core/entities/kind";
import { tellAtFields } from "../../../core/entities/missing";
import { isDay } from "../../../core/forms/clock";
import { DayInput } from "../../../core/forms/DayInput";
import { cache } from "../../../core/session/cache";
import { may, useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { complain, say } from "../../../ui/toast";
import { DOCUMENTS, type Doc } from "../document";
import "../documents.css";
import "../words";

const RESERVED = ["reserved-numbers", "mine", DOCUMENTS.code] as const;
/** A number for a day gone by is taken the moment it is kept; should that fail, it waits for a day. */
const KEPT_DAYS = 1;

/** Give the document its number: the next one, one that was kept, or one under the last of a day gone by. */
export function RegisterDialog({ doc, onClose }: { doc: Doc; onClose: () => void }) {
  const { t } = useTranslation("documents");
  const { t: ui } = useTranslation("ui");
  const me = useMe();
  const today = keyOf(new Date());
  const [day, setDay] = useState(today);
  const [picked, setPicked] = useState<number | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const keeps = may(me, "numbering.reserve");
  const kept = useQuery({
    queryKey: RESERVED,
    enabled: keeps && !doc.number,
    queryFn: async () => {
      const query = { kind: DOCUMENTS.code, mine: "true", limit: 200 };
      return (await get<Page<ReservedNumber>>("reserved-numbers/", { query })).results;
    },
  });
  const isPast = isDay(day) && day < today;
  const hint = isPast && picked === null && !doc.number ? t("pastHint") : undefined;

  /** One number under the last of a day gone by: «15/1». */
  const keepFor = async (past: string): Promise<number> => {
    const body = {
      kind: DOCUMENTS.code,
      count: 1,
      until: keyOf(plusDays(new Date(), KEPT_DAYS)),
      purpose: doc.title.slice(0, 200),
      card_type: doc.type.code,
      back_dated: past,
    };
    const { results } = await post<{ results: ReservedNumber[] }>("reserved-numbers/", body);
    const [made] = results;
    if (!made) throw new Error(t("notKept"));
    setPicked(made.id);
    return made.id;
  };

  const register = async () => {
    if (!isDay(day)) return setErrors({ registered_on: t("needDay") });
    setBusy(true);
    setErrors({});
    try {
      const number = isPast && picked === null && !doc.number ? await keepFor(day) : picked;
      const body = { registered_on: day, reserved_number: number };
      const path = `documents/${doc.id}/register/`;
      const done = await post<Doc>(path, body, { ifMatch: doc.version });
      settle(DOCUMENTS, done);
      void cache.invalidateQueries({ queryKey: [DOCUMENTS.code] });
      say(t("registered", { number: done.number }));
      onClose();
    } catch (problem) {
      if (tellAtFields(refOf(DOCUMENTS, doc.id), problem)) {
        onClose();
        return void complain(t("fillFirst"));
      }
      const fields = problem instanceof ApiProblem ? problem.fields : {};
      const named = fields.back_dated ?? fields.registered_on;
      setErrors({
        ...fields,
        registered_on: named ?? (fields.reserved_number ? "" : sentenceOf(problem)),
      });
      if (problem instanceof ApiProblem && problem.status === 412) {
        void cache.invalidateQueries({ queryKey: keys.card(DOCUMENTS, doc.id) });
      }
    } finally {
      void cache.invalidateQueries({ queryKey: RESERVED });
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("register")} width={440} onClose={onClose}>
      <Form className="stack" onSubmit={() => void register()}>
        <DayInput
          label={t("registeredOn")}
          value={day}
          past
          hint={hint}
          error={errors.registered_on || undefined}
          onChange={(next) => {
            setDay(next);
            setErrors({});
          }}
          data-testid="register-day"
        />
        {!doc.number && (kept.data?.length ?? 0) > 0 && (
          <Field label={t("number")} error={errors.reserved_number}>
            {(aria) => (
              <select
                {...aria}
                className="inp"
                value={picked ?? ""}
                onChange={(event) => {
                  setPicked(Number(event.target.value) || null);
                  setErrors({});
                }}
                data-testid="register-number"
              >
                <option value="">{t(isPast ? "numberOfDay" : "nextNumber")}</option>
                {kept.data?.map((row) => (
                  <option key={row.id} value={row.id}>
                    {row.purpose ? `${row.number} · ${row.purpose}` : row.number}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {doc.number && <p className="t2 f13">{t("numberStays", { number: doc.number })}</p>}
        <p className="hint">{t("registerNote")}</p>
        <div className="row">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            data-autofocus
            data-testid="register-submit"
          >
            {t("register")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
