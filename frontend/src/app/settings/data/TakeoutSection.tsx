import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Takeouts } from "../../../api/leaving";
import { sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Form } from "../../../ui/form";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { useSaving } from "../saving";
import { TAKEOUTS, useTakeouts } from "./leaving";
import { NO_PROOF, ProofFields } from "./ProofFields";
import { TakeoutRow } from "./TakeoutRow";
import "./data.css";
import "./words";

/** Everything in one file: who has taken it, how far the next one is, and the way to ask for it. */
export function TakeoutSection() {
  const { t } = useTranslation("data");
  const takeouts = useTakeouts();
  const [asking, setAsking] = useState(false);
  const found = takeouts.data;
  if (takeouts.isPending) return <Waiting rows={3} />;
  if (!found) {
    return <Failed text={sentenceOf(takeouts.error)} onRetry={() => void takeouts.refetch()} />;
  }
  const underway = found.results.some((one) => one.state === "waiting");
  return (
    <section className="set-sec">
      <h3>{t("export")}</h3>
      <p className="t2">{t("exportText")}</p>
      <ul className="t2 data-list">
        <li>{t("exportLines")}</li>
        <li>{t("exportBooks")}</li>
        <li>{t("exportFiles")}</li>
        <li>{t("exportNot")}</li>
      </ul>
      {found.is_owner ? (
        <div className="row data-do">
          <Button
            look="primary"
            icon="download"
            disabled={underway || found.left_today === 0}
            onClick={() => setAsking(true)}
            data-testid="takeout-ask"
          >
            {t("exportAsk")}
          </Button>
          <span className="f12 t3">{t("exportLeft", { count: found.left_today })}</span>
        </div>
      ) : (
        <p className="notice">{t("ownersOnly")}</p>
      )}
      {found.results.length === 0 ? (
        <Empty icon="download" title={t("exportNone")} text={t("exportNoneText")} />
      ) : (
        <div className="pane over" data-testid="takeouts">
          {found.results.map((one) => (
            <TakeoutRow key={one.id} takeout={one} mayOpen={found.is_owner} />
          ))}
        </div>
      )}
      {asking && <AskDialog takeouts={found} onClose={() => setAsking(false)} />}
    </section>
  );
}

function AskDialog({ takeouts, onClose }: { takeouts: Takeouts; onClose: () => void }) {
  const { t } = useTranslation("data");
  const { t: ui } = useTranslation("ui");
  const [proof, setProof] = useState(NO_PROOF);
  const { busy, errors, run } = useSaving();
  const ask = () =>
    run(async () => {
      await post("takeouts/", proof);
      await cache.invalidateQueries({ queryKey: TAKEOUTS });
      onClose();
    });
  return (
    <Dialog title={t("exportAsk")} width={480} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <p className="t2">{t("exportWhy")}</p>
        <ProofFields
          proof={proof}
          asksCode={takeouts.asks_code}
          errors={errors}
          onChange={setProof}
        />
        <div className="row data-end">
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" type="submit" busy={busy} data-testid="takeout-run">
            {t("exportRun")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
