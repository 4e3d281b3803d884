import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CompanyErasure } from "../../../api/leaving";
import { sentenceOf } from "../../../api/problem";
import { del, post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { useMe } from "../../../core/session/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { momentText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { Failed, Waiting } from "../../../ui/state";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { ERASURE, useErasure, useTakeouts } from "./leaving";
import { NO_PROOF, ProofFields } from "./ProofFields";
import "./data.css";
import "./words";

const again = () => cache.invalidateQueries({ queryKey: ERASURE });

/** The end of a company: asked for by an owner, taken back by any, done when its day comes. */
export function ErasureSection() {
  const { t } = useTranslation("data");
  const erasure = useErasure();
  const [asking, setAsking] = useState(false);
  const { busy, run } = useSaving();
  const found = erasure.data;
  if (erasure.isPending) return <Waiting rows={2} />;
  if (!found) {
    return <Failed text={sentenceOf(erasure.error)} onRetry={() => void erasure.refetch()} />;
  }
  const keep = () =>
    run(async () => {
      await del("company/erasure/");
      await again();
      say(t("erasureKept"));
    });
  return (
    <section className="set-sec" data-testid="erasure">
      <h3>{t("erasure")}</h3>
      {found.erasure ? (
        <div className="notice tone-red" role="alert">
          <Icon name="circle-alert" />
          <div className="grow">
            <p className="b">{t("erasureDue", { when: momentText(found.erasure.due_at) })}</p>
            <p>
              {found.erasure.why === "owner"
                ? t("erasureBy", { name: found.erasure.asked_by })
                : t("erasureUnpaid")}
            </p>
          </div>
          {found.is_owner && (
            <Button size="sm" busy={busy} onClick={() => void keep()} data-testid="erasure-keep">
              {t("erasureKeep")}
            </Button>
          )}
        </div>
      ) : (
        <>
          <p className="t2 data-do">{t("erasureText", { count: found.grace_days })}</p>
          {found.is_owner ? (
            <Button look="danger" onClick={() => setAsking(true)} data-testid="erasure-ask">
              {t("erasureAsk")}
            </Button>
          ) : (
            <p className="notice">{t("ownersOnly")}</p>
          )}
        </>
      )}
      {asking && <AskDialog found={found} onClose={() => setAsking(false)} />}
    </section>
  );
}

function AskDialog({ found, onClose }: { found: CompanyErasure; onClose: () => void }) {
  const { t } = useTranslation("data");
  const { t: ui } = useTranslation("ui");
  const company = useMe().company.name;
  const asksCode = useTakeouts().data?.asks_code ?? false;
  const [name, setName] = useState("");
  const [proof, setProof] = useState(NO_PROOF);
  const { busy, errors, run } = useSaving();
  const ask = () =>
    run(async () => {
      await post("company/erasure/", { name, ...proof });
      await again();
      onClose();
    });
  return (
    <Dialog title={t("erasureAsk")} width={480} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <p className="t2">{t("erasureWhat", { count: found.grace_days })}</p>
        <TextField
          label={t("erasureName", { name: company })}
          required
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
          data-testid="erasure-name"
        />
        <ProofFields proof={proof} asksCode={asksCode} errors={errors} onChange={setProof} />
        <div className="row data-end">
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="danger" type="submit" busy={busy} data-testid="erasure-run">
            {t("erasureRun")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
