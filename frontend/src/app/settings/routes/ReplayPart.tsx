import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import type { Replay, Route } from "../../../api/routes";
import { house } from "../../../core/entities/house";
import { Button } from "../../../ui/button";
import { complain } from "../../../ui/toast";
import type { Editor } from "./editing";
import { replayRoute } from "./settings";
import "../settings.css";
import "./routeset.css";
import "./words";

/** Where a card of this reference opens; nowhere for a kind that the page does not know. */
function addressOf(ref: string): string | null {
  const [code, id] = ref.split("/");
  const kind = house
    .get()
    .modules.flatMap((one) => one.kinds)
    .find((one) => one.code === code);
  return kind && id ? `${kind.route}/${id}` : null;
}

/** The cards of last month led along the scheme without a trace. */
export function ReplayPart({ route, editor }: { route: Route; editor: Editor }) {
  const { t } = useTranslation("routeset");
  const [told, setTold] = useState<Replay | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      if (editor.isDirty && !(await editor.save())) return;
      setTold(await replayRoute(route.id));
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="set-sec" aria-label={t("replayTitle")}>
      <h3>{t("replayTitle")}</h3>
      <p className="hint">{t("replayText")}</p>
      <div className="routeset-run">
        <Button busy={busy} icon="history" onClick={() => void run()} data-testid="replay-run">
          {t("replayNow")}
        </Button>
      </div>
      {told && <ReplayTold told={told} />}
    </section>
  );
}

function ReplayTold({ told }: { told: Replay }) {
  const { t } = useTranslation("routeset");
  if (told.cards === 0) return <p className="hint">{t("replayNone")}</p>;
  return (
    <div aria-live="polite" data-testid="replay-told">
      <p className="b">{t("replayCards", { count: told.cards })}</p>
      <div className="routeset-scroll">
        <table className="set-tbl">
          <thead>
            <tr>
              <th scope="col">{t("replayStage")}</th>
              <th scope="col">{t("replayAsked")}</th>
              <th scope="col">{t("replayPassed")}</th>
              <th scope="col">{t("replayNobody")}</th>
            </tr>
          </thead>
          <tbody>
            {told.stages.map((one) => (
              <tr key={one.code}>
                <td>{one.title}</td>
                <td className="num">{one.asked}</td>
                <td className="num">{one.passed}</td>
                <td className={one.nobody > 0 ? "num red sb" : "num"}>{one.nobody}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {told.stuck.length > 0 && (
        <>
          <p className="b">{t("replayStuck")}</p>
          <ul className="f13">
            {told.stuck.map((one) => {
              const to = addressOf(one.ref);
              return (
                <li key={`${one.ref}/${one.stage}`}>
                  {to ? <Link to={to as never}>{one.title}</Link> : one.title}
                  <span className="t3"> · {one.stage}</span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
