import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { TAKEOUTS, useTakeouts } from "./leaving";
import { ProofDialog } from "./ProofDialog";
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
  const ask = async (proof: object) => {
    await post("takeouts/", proof);
    await cache.invalidateQueries({ queryKey: TAKEOUTS });
  };
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
      {asking && (
        <ProofDialog
          title={t("exportAsk")}
          text={t("exportWhy")}
          asksCode={found.asks_code}
          onProved={ask}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
