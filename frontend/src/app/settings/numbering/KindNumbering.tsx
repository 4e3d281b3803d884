import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Numbering } from "../../../api/contract";
import { ApiProblem } from "../../../api/problem";
import { post, put } from "../../../api/request";
import { useSettled } from "../../../core/people/people";
import { choiceIcons } from "../../../ui/antd";
import { Button } from "../../../ui/button";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { ModeChoice } from "./ModeChoice";
import { TypeSigns } from "./TypeSigns";
import "./numbering.css";
import "./words";

const PERIODS = ["none", "year", "quarter", "month", "day"] as const;

interface KindNumberingProps {
  kind: Numbering;
  onSaved: (fresh: Numbering) => void;
}

/** The mask of one kind of card; what it will give is asked while one types. */
export function KindNumbering({ kind, onSaved }: KindNumberingProps) {
  const { t } = useTranslation("numbering");
  const { t: ui } = useTranslation("ui");
  const [mask, setMask] = useState(kind.mask);
  const [period, setPeriod] = useState(kind.period);
  const [mode, setMode] = useState(kind.mode);
  const [types, setTypes] = useState(kind.types);
  const [next, setNext] = useState("");
  const { busy, errors, run } = useSaving();
  const has = (...names: string[]) =>
    names.some((name) => mask.toUpperCase().includes(`{${name}}`));
  const byDepartment = has("ОТДЕЛ", "DEPT");
  const byType = has("ТИП", "TYPE");
  const byCards = byDepartment || byType;
  const wanted = {
    mask: mask.trim(),
    period,
    mode,
    types: types.map(({ code, sign }) => ({ code, sign: sign.trim() })),
    next: next.trim() && !byCards ? Number(next) : null,
  };
  const changed =
    mask !== kind.mask ||
    period !== kind.period ||
    mode !== kind.mode ||
    types !== kind.types ||
    next.trim() !== "";
  const settled = useSettled(JSON.stringify(wanted));
  const preview = useQuery({
    queryKey: ["numbering", kind.kind, settled],
    enabled: changed,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      post<{ upcoming: string[] }>(`numbering/${kind.kind}/preview/`, JSON.parse(settled), {
        signal,
      }),
  });
  const refusal =
    changed && preview.error instanceof ApiProblem ? preview.error.fields : ({} as typeof errors);
  const upcoming = changed ? preview.data?.upcoming : kind.upcoming;

  const save = () =>
    run(async () => {
      const fresh = await put<Numbering>(`numbering/${kind.kind}/`, wanted);
      setTypes(fresh.types);
      onSaved(fresh);
      setNext("");
      say(t("saved"));
    });

  return (
    <Form
      className="set-form num-mask"
      aria-label={kind.title}
      data-testid={`numbering-${kind.kind}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{kind.title}</h3>
      <TextField
        label={t("mask")}
        hint={t("maskHint")}
        required
        maxLength={60}
        spellCheck={false}
        value={mask}
        onChange={(event) => setMask(event.target.value)}
        error={errors.mask ?? refusal.mask}
        data-testid="numbering-mask"
      />
      <Field label={t("period")} error={errors.period}>
        {({ id }) => (
          <Select
            {...choiceIcons}
            id={id}
            style={{ width: "100%" }}
            value={period}
            options={PERIODS.map((value) => ({ value, label: t(value) }))}
            onChange={setPeriod}
            data-testid="numbering-period"
          />
        )}
      </Field>
      <ModeChoice value={mode} onChange={setMode} />
      {byDepartment && <p className="t2">{t("ofDepartment")}</p>}
      {byType && kind.types.length > 0 && (
        <TypeSigns types={types} error={errors.types ?? refusal.types} onChange={setTypes} />
      )}
      {!byCards && (
        <TextField
          label={t("next")}
          hint={t("nextHint")}
          inputMode="numeric"
          pattern="[0-9]*"
          value={next}
          onChange={(event) => setNext(event.target.value.replace(/\D/g, "").slice(0, 15))}
          error={errors.next ?? refusal.next}
          data-testid="numbering-next"
        />
      )}
      {upcoming && !refusal.mask && !refusal.next && !refusal.types && (
        <p className="t2" data-testid="numbering-upcoming" aria-live="polite">
          {t("upcoming", { numbers: upcoming.join(", ") })}
        </p>
      )}
      <div>
        <Button
          look="primary"
          type="submit"
          busy={busy}
          disabled={!changed}
          data-testid="numbering-save"
        >
          {ui("save")}
        </Button>
      </div>
    </Form>
  );
}
