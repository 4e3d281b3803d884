import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import type { Route, RoutedKind, RouteVersion } from "../../../api/routes";
import { Button } from "../../../ui/button";
import { nearText } from "../../../ui/format";
import { Tag } from "../../../ui/marks";
import { Failed, Waiting } from "../../../ui/state";
import { say } from "../../../ui/toast";
import { kindWord, notesOf, useNames, whoText } from "./names";
import { type Scheme, schemeOf } from "./scheme";
import { useVersions } from "./settings";
import "./routeset.css";
import "./words";

interface VersionsPartProps {
  route: Route;
  kind: RoutedKind;
  /** Draw on from the scheme of a former version. */
  onTake: (scheme: Scheme) => void;
}

/** What was published, when and by whom; cards on their way keep theirs. */
export function VersionsPart({ route, kind, onTake }: VersionsPartProps) {
  const { t } = useTranslation("routeset");
  const versions = useVersions(route.id);
  const rows = versions.data ?? [];
  return (
    <>
      {versions.isPending && <Waiting rows={4} />}
      {versions.isError && (
        <Failed text={sentenceOf(versions.error)} onRetry={() => void versions.refetch()} />
      )}
      {versions.data && rows.length === 0 && <p className="hint">{t("versionsNone")}</p>}
      <ul className="routeset-rows">
        {rows.map((one) => (
          <VersionRow key={one.number} version={one} kind={kind} onTake={onTake} />
        ))}
      </ul>
    </>
  );
}

interface VersionRowProps {
  version: RouteVersion;
  kind: RoutedKind;
  onTake: (scheme: Scheme) => void;
}

function VersionRow({ version, kind, onTake }: VersionRowProps) {
  const { t } = useTranslation("routeset");
  const scheme = schemeOf(version.scheme);
  const nameOf = useNames(scheme, kind);
  const { number, published_at, retired_at } = version;
  const who = version.published_by?.name ?? "—";
  const when = nearText(published_at);
  const isNow = retired_at === null;
  return (
    <li className="routeset-version" data-testid="route-version">
      <div className="row routeset-marks">
        <span className="b">{t("version", { number })}</span>
        {isNow && <Tag tone="green">{t("versionNow")}</Tag>}
        {version.going > 0 && <Tag tone="blue">{t("going", { count: version.going })}</Tag>}
        <span className="f12 t3">
          {t("versionBy", { who, when })}
          {retired_at && ` · ${t("versionTill", { when: nearText(retired_at) })}`}
        </span>
      </div>
      <details>
        <summary className="f13">
          {t("versionShow")} · {scheme.stages.length}
        </summary>
        <ol className="routeset-was f13">
          {scheme.stages.map((stage) => (
            <li key={stage.code}>
              {stage.title}
              <span className="t3">
                {" "}
                ·{" "}
                {[kindWord(stage.kind), whoText(stage, nameOf, kind), ...notesOf(stage)].join(
                  " · ",
                )}
              </span>
            </li>
          ))}
        </ol>
        {!isNow && (
          <Button
            size="sm"
            onClick={() => {
              onTake(scheme);
              say(t("versionTaken", { number }));
            }}
          >
            {t("versionTake")}
          </Button>
        )}
      </details>
    </li>
  );
}
