import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import type { Figure, Route } from "../../../api/routes";
import { Tag } from "../../../ui/marks";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { slowest, widthOf } from "./figures";
import { useFigures } from "./settings";
import "../settings.css";
import "./routeset.css";
import "./words";

const REWORK = "rework";

/** Where time is lost: each stage over the last 90 days. */
export function FiguresPart({ route }: { route: Route }) {
  const { t } = useTranslation("routeset");
  const figures = useFigures(route.id);
  const rows = figures.data ?? [];
  const worst = slowest(rows);
  return (
    <>
      <p className="hint">{t("figuresNote")}</p>
      {figures.isPending && <Waiting rows={4} />}
      {figures.isError && (
        <Failed text={sentenceOf(figures.error)} onRetry={() => void figures.refetch()} />
      )}
      {figures.data && rows.length === 0 && <Empty icon="chart-column" title={t("figuresNone")} />}
      {rows.length > 0 && (
        <div className="routeset-scroll">
          <table className="set-tbl" data-testid="route-figures">
            <thead>
              <tr>
                <th scope="col">{t("figStage")}</th>
                <th scope="col">{t("figPassings")}</th>
                <th scope="col">{t("figOpen")}</th>
                <th scope="col">{t("figLate")}</th>
                <th scope="col">{t("figReturned")}</th>
                <th scope="col">{t("figHours")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <FigureRow key={one.code} one={one} all={rows} isWorst={one.code === worst} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function FigureRow({ one, all, isWorst }: { one: Figure; all: Figure[]; isWorst: boolean }) {
  const { t } = useTranslation("routeset");
  return (
    <tr>
      <td>
        {one.code === REWORK ? t("rework") : one.title}{" "}
        {isWorst && <Tag tone="red">{t("figWorst")}</Tag>}
      </td>
      <td className="num">{one.passings}</td>
      <td className="num">{one.open}</td>
      <td className={one.late > 0 ? "num red" : "num"}>{one.late}</td>
      <td className={one.returned > 0 ? "num amber" : "num"}>{one.returned}</td>
      <td>
        {one.hours !== null && (
          <span className="row">
            <span className="num">{one.hours.toLocaleString("ru")}</span>
            <span
              className={isWorst ? "bar routeset-bar-of tone-red" : "bar routeset-bar-of"}
              aria-hidden
            >
              <i style={{ width: `${widthOf(one, all)}%` }} />
            </span>
          </span>
        )}
      </td>
    </tr>
  );
}
