import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { PersonPicker } from "../people/PersonPicker";
import "./words";

interface BulkWatchProps {
  busy: boolean;
  run: (action: string, values: object) => void;
}

/** One more person who keeps an eye on many cards. */
export function BulkWatch({ busy, run }: BulkWatchProps) {
  const { t } = useTranslation("watchers");
  return (
    <PersonPicker
      label={t("one")}
      className="bb"
      chosen={[]}
      onPick={(person) => run("watch", { watcher: person.id })}
      disabled={busy}
      data-testid="bulk-watch"
    >
      <Icon name="eye" />
      {t("one")}
    </PersonPicker>
  );
}
