import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConsolePlans, PlanVersion } from "../../api/console";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { countText, dateText, sizeText } from "../../ui/format";
import { Tag } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { priceText } from "../settings/billing/sums";
import { useAnswer } from "./data";
import { PlanDialog } from "./PlanDialog";
import { may, useOperator } from "./session";
import "./console.css";
import "./words";

const day = (iso: string) => dateText(`${iso}T12:00:00`);

/** Plans with all their versions; a new one follows, none is edited. */
export function Screen() {
  const { t } = useTranslation("console");
  const me = useOperator();
  const [next, setNext] = useState<PlanVersion | null>(null);
  const plans = useAnswer<ConsolePlans>("plans/");
  if (plans.isPending) return <Waiting rows={6} />;
  if (!plans.data)
    return <Failed text={sentenceOf(plans.error)} onRetry={() => void plans.refetch()} />;
  const versions = plans.data.results;
  const titles = new Map(plans.data.modules.map(({ code, title }) => [code, title]));
  const codes = [...new Set(versions.map(({ code }) => code))];
  return (
    <>
      <h1 className="con-h">{t("plans")}</h1>
      <p className="t2 con-note">{t("versionText")}</p>
      {codes.map((code) => {
        const own = versions.filter((one) => one.code === code);
        const [newest] = own;
        if (!newest) return null;
        return (
          <section key={code} className="con-plan" data-testid={`plan-${code}`}>
            <div className="con-head">
              <h2>{newest.title}</h2>
              {may(me, "console.rule") && (
                <Button
                  size="sm"
                  icon="plus"
                  onClick={() => setNext(newest)}
                  data-testid={`version-${code}`}
                >
                  {t("versionNew")}
                </Button>
              )}
            </div>
            {own.map((version) => (
              <Version key={version.number} version={version} titles={titles} />
            ))}
          </section>
        );
      })}
      {next && <PlanDialog last={next} onClose={() => setNext(null)} />}
    </>
  );
}

function Version({ version, titles }: { version: PlanVersion; titles: Map<string, string> }) {
  const { t } = useTranslation("console");
  const { seats_included: seats, storage_bytes: storage, modules } = version;
  return (
    <div className="con-version" data-testid={`version-${version.code}-${version.number}`}>
      <span className="b">{t("versionOf", { number: version.number })}</span>
      {version.is_current && <Tag tone="green">{t("versionNow")}</Tag>}
      <span className="t2 num">
        {t("versionSince", { day: day(version.valid_from) })}
        {version.valid_to && ` ${t("versionUntil", { day: day(version.valid_to) })}`}
      </span>
      <span className="num">{t("perMonth", { sum: priceText(version.month_price, "RUB") })}</span>
      <span className="num">{t("perYear", { sum: priceText(version.year_price, "RUB") })}</span>
      <span className="t2">
        {t("people")}: {seats === null ? t("noLimit") : countText(seats)}
      </span>
      <span className="t2">
        {t("storage")}: {storage === null ? t("noLimit") : sizeText(storage)}
      </span>
      <span className="t2">
        {t("modules")}:{" "}
        {modules === null
          ? t("allModules")
          : modules.map((code) => titles.get(code) ?? code).join(", ")}
      </span>
    </div>
  );
}
