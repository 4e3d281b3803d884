import { useTranslation } from "react-i18next";
import { usePhone } from "../../ui/screen";
import { ToolFailed, ToolWaiting, toolState } from "../cards/ToolState";
import type { CardKind } from "../entities/kind";
import { useStrip } from "./route";
import { StripList } from "./StripList";
import "./words";

/** The strip alone: how far any card has come on its route; nothing for one that goes along none. */
export function RouteStrip({ kind, id }: { kind: CardKind; id: number }) {
  const { t } = useTranslation("routes");
  const phone = usePhone();
  const query = useStrip(kind, id);
  const state = toolState(query);
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={t("title")} query={query} />;
  if (!query.data) return <ToolWaiting title={t("title")} />;
  return query.data.run ? <StripList run={query.data.run} folds={phone} /> : null;
}
