import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CompanyCard } from "../../api/console";
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

export type Act =
  | { kind: "suspend" | "restore" | "extend" | "rename" }
  | { kind: "module"; module: CompanyCard["modules"][number] };

const PATHS: Record<Act["kind"], string> = {
  suspend: "suspend",
  restore: "restore",
  extend: "extend-trial",
  rename: "rename",
  module: "modules",
};

/** Nothing is done to a company without saying why. */
export function ActDialog({
  card,
  act,
  onClose,
}: {
  card: CompanyCard;
  act: Act;
  onClose: () => void;
}) {
  const { t } = useTranslation("console");
  const [reason, setReason] = useState("");
  const [slug, setSlug] = useState(card.slug);
  const [until, setUntil] = useState(card.plan?.trial_until ?? "");
  const { busy, errors, run } = useSaving();
  const more = {
    suspend: {},
    restore: {},
    extend: { until },
    rename: { slug },
    module:
      act.kind === "module"
        ? { code: act.module.code, enabled: !act.module.enabled, with_needed: true }
        : {},
  }[act.kind];
  const submit = async () => {
    const path = `companies/${card.id}/${PATHS[act.kind]}/`;
    if (!(await run(() => post(path, { reason, ...more })))) return;
    say(t("done"));
    onClose();
    await refresh();
  };
  const title =
    act.kind === "module"
      ? t(act.module.enabled ? "switchOff" : "switchOn", { title: act.module.title })
      : t(act.kind);
  return (
    <Dialog
      title={`${title}: ${card.name}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form="act" busy={busy} data-testid="act-do">
            {t("do")}
          </Button>
        </>
      }
    >
      <Form id="act" className="stack" onSubmit={() => void submit()}>
        <p className="t2">{t(`${act.kind}Text`)}</p>
        {act.kind === "extend" && (
          <TextField
            label={t("until")}
            type="date"
            required
            value={until}
            onChange={(event) => setUntil(event.target.value)}
            error={errors.until}
            data-testid="act-until"
          />
        )}
        {act.kind === "rename" && (
          <TextField
            label={t("slug")}
            required
            value={slug}
            onChange={(event) => setSlug(event.target.value)}
            error={errors.slug}
            data-testid="act-slug"
          />
        )}
        <TextField
          label={t("reason")}
          hint={t("reasonHint")}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={errors.reason}
          data-testid="act-reason"
        />
      </Form>
    </Dialog>
  );
}
