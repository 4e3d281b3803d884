import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import type { Route, RoutedKind } from "../../api/routes";
import { Icon } from "../../ui/icon";
import { Tag } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { Editor } from "./routes/Editor";
import { useEditor } from "./routes/editing";
import { FiguresPart } from "./routes/FiguresPart";
import "./routes/routeset.css";
import { RouteMenu } from "./routes/RouteMenu";
import { useRoute, useRoutedKinds } from "./routes/settings";
import { TryPart } from "./routes/TryPart";
import { VersionsPart } from "./routes/VersionsPart";
import { WhenPart } from "./routes/WhenPart";
import "./routes/words";
import "./settings.css";

const TABS = [
  ["scheme", "tabScheme"],
  ["when", "tabWhen"],
  ["try", "tabTry"],
  ["versions", "tabVersions"],
  ["figures", "tabFigures"],
] as const;
type Tab = (typeof TABS)[number][0];

/** One route: drawn, tried, published, measured. */
export function Screen() {
  const { t } = useTranslation("routeset");
  const { routeId = "" } = useParams({ strict: false }) as { routeId?: string };
  const route = useRoute(Number(routeId));
  const kinds = useRoutedKinds();
  const kind = kinds.data?.find((one) => one.kind === route.data?.kind);
  const failed = route.isError ? route : kinds.isError ? kinds : null;
  return (
    <>
      <Link to={"/settings/routes" as never} className="row f13 routeset-back">
        <Icon name="arrow-left" size={14} />
        {t("back")}
      </Link>
      {failed && !route.data && (
        <Failed text={sentenceOf(failed.error)} onRetry={() => void failed.refetch()} />
      )}
      {(route.isPending || kinds.isPending) && !failed && <Waiting />}
      {route.data && kind && <Whole key={routeId} route={route.data} kind={kind} />}
    </>
  );
}

function Whole({ route, kind }: { route: Route; kind: RoutedKind }) {
  const { t } = useTranslation("routeset");
  const [tab, setTab] = useState<Tab>("scheme");
  const editor = useEditor(route);
  return (
    <>
      <div className="set-h">
        <h2>{route.title}</h2>
        <Tag tone={route.in_force === null ? "neutral" : "green"}>
          {route.in_force === null ? t("notYet") : t("inForce", { number: route.in_force })}
        </Tag>
        {(route.has_draft || editor.isDirty) && <Tag tone="amber">{t("hasDraft")}</Tag>}
        {route.going > 0 && <Tag tone="blue">{t("going", { count: route.going })}</Tag>}
        <span className="grow" />
        <RouteMenu route={route} />
      </div>
      <div className="tabs routeset-tabs" role="tablist" aria-label={t("tabs")}>
        {TABS.map(([code, word]) => (
          <button
            key={code}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === code}
            onClick={() => setTab(code)}
            data-testid={`routeset-${code}`}
          >
            {t(word)}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-label={t(TABS.find(([code]) => code === tab)?.[1] ?? "tabScheme")}>
        {tab === "scheme" && <Editor route={route} kind={kind} editor={editor} />}
        {tab === "when" && <WhenPart route={route} kind={kind} onChanged={editor.moved} />}
        {tab === "try" && <TryPart route={route} kind={kind} editor={editor} />}
        {tab === "versions" && (
          <VersionsPart
            route={route}
            kind={kind}
            onTake={(scheme) => {
              editor.draw(scheme);
              setTab("scheme");
            }}
          />
        )}
        {tab === "figures" && <FiguresPart route={route} />}
      </div>
    </>
  );
}
