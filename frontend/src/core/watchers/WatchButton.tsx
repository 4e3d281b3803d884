import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button";
import { useMe } from "../session/session";
import { type Place, useWatchers, watchMyself } from "./watchers";
import "./words";

/** The eye of any card: keep an eye on it, or stop; absent where somebody else has to add the reader. */
export function WatchButton({ kind, id }: Place) {
  const { t } = useTranslation("watchers");
  const me = useMe();
  const known = useWatchers({ kind, id }).data;
  if (!known || !(known.is_watching || known.can_watch)) return null;
  const on = known.is_watching;
  return (
    <IconButton
      icon="eye"
      small
      on={on}
      aria-pressed={on}
      label={t(on ? "unwatch" : "watch")}
      onClick={() => void watchMyself({ kind, id }, me, !on)}
      data-testid="card-watch"
    />
  );
}
